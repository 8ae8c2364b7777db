-- The finished cases in the order of the worklist, the last due date first. In the index of all
-- ranks the numbers of a day run the other way, so PostgreSQL read and sorted every row of a
-- reviewer for one page.
create index cases_reviewer_finished on cases (reviewer, due desc, number) where rank = 3;
create index cases_finished on cases (due desc, number, reviewer) where rank = 3;

insert into schema (version) values (2);
