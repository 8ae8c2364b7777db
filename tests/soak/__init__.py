"""Long campaigns against what must not be lost: kills, endings, system calls, schedules."""
