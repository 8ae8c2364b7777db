"""Patterns of sentences that speak for or against a request, for lower-case text.

`reasons.py` combines them.
"""

from imr_tui.reading.language.patterns import LazyPattern

_NOT = r"(?:not|n['\u2019]t|never|no longer)"
_CRITERIA = (
    r"(?:criteri(?:a|on)|requirements?|guidelines?|standards?|prerequisites?|conditions|mtus|odg"
    r"|chapter|recommendations?|threshold)"
)
_FULFILLED = r"(?:met|satisfied|fulfill?ed)"
UNMET = LazyPattern(
    rf"\b{_CRITERIA}\b[^.;]{{0,60}}? (?:is|are|was|were|has|have)(?: \w+){{0,2}}? ?{_NOT}"
    rf"(?: \w+){{0,3}}? {_FULFILLED}\b"
    rf"|\b{_CRITERIA}\b[^.;]{{0,60}}? (?:is|are|was|were|remains?|remained)(?: \w+){{0,2}}?"
    r" (?:unmet|unsatisfied|unfulfilled)\b"
    rf"|\b(?:(?:does|do|did|can|could) ?{_NOT}|cannot)(?: \w+){{0,2}}?"
    rf" (?:meet|satisfy|fulfill?)\b[^.;]{{0,40}}?\b{_CRITERIA}\b"
    rf"|\bfail(?:s|ed)? (?:to (?:meet|satisfy|fulfill?) )?(?:\w+ ){{0,3}}?{_CRITERIA}\b"
    rf"|\b(?:does|do|did) (?:\w+ )?{_NOT} qualify\b"
    rf"|\b(?:is|are|falls?|lies?) (?:\w+ )?(?:outside(?: of)?|short of)"
    rf" (?:\w+ ){{0,2}}?{_CRITERIA}\b"
    r"|\b(?:which|that|this) (?:was|is|has|were|are) (?:\w+ )?not (?:been )?(?:reached|met|achieved"
    r"|satisfied|the case|present)\b[^.;]{0,12}?\b(?:this (?:worker|patient|case|claimant|applicant"
    r"|employee)|here)\b"
)
_CARE = (
    r"(?:(?:conservative|non-?\s?operative|non-?\s?surgical|(?:less|non-?)\s?invasive|behavioral"
    r"|first-?\s?line|physical|occupational|manual|lower) (?:\w+ )?)?(?:care|treatments?|therap(?:y"
    r"|ies)|measures|procedures|management|drugs?|medications?|injections?|brac(?:e|ing)"
    r"|exercises?|modalities|nsaids?|options|visits)"
)
CARE_WORKED = LazyPattern(
    rf"\b(?P<care>{_CARE}\b[^.;]{{0,80}}?) (?:has|have|had) {_NOT} (?:yet )?(?:been )?"
    r"(?:failed|tried|attempted|exhausted|completed)\b"
    rf"|\b(?P<enough>{_CARE}\b[^.;]{{0,80}}?) (?:(?:was|were|is|are|has been|have been|proved)"
    r" (?:enough|sufficient|adequate)|sufficed?)\b"
    rf"|\b(?P<relieved>{_CARE}\b[^.;]{{0,80}}?) (?:has|have|had) (?:(?:fully|completely|entirely)"
    r" (?:relieved|resolved|controlled|restored|cured)|(?:brought|given|provided|produced|led to)"
    r" (?:lasting|sustained|complete|full|long-?\s?(?:lasting|term)|permanent) (?:\w+ )?(?:relief"
    r"|benefit|improvement|recovery)|helped(?! (?:only|for|brief|temporar|some|partial|little"
    r"|in part|a|with|to|him|her))|helped for (?:much |far |very )?long(?:er)?"
    r"|restored (?:full |normal )?(?:motion|function|strength|movement|mobility))\b"
    rf"|\b(?P<lasting>{_CARE}(?: (?!not\b|never\b|no\b|to\b|that\b|if\b)[\w-]+){{0,6}}?)"
    rf" (?:brought|gave|provided|produced|led to)"
    r" (?:lasting|sustained|complete|full|long-?\s?(?:lasting|term)|permanent) (?:\w+ )?(?:relief"
    r"|benefit|improvement|recovery)\b"
    r"|\b(?:which|that) has responded to (?:\w+ )?(?:measures|treatment|care|therapy|management)\b"
    r"|\bresponded (?:well |fully )?to conservative (?:\w+ )?(?:care|treatment|measures"
    r"|management)"
)
# No negation may stand in such a sentence: "nothing stands in the way".
OBSTACLE = LazyPattern(
    r"\bstands? in the way\b|\b(?:precludes?|rules? out|speaks? against|argues? against)"
    r" (?:the|this)"
    r" (?:request|surgery|procedure|operation|injection|treatment)\b"
)
EXCEEDS = LazyPattern(
    rf"\b(?:does|do) {_NOT} (?:stay|remain|fall|lie|keep) (?:within|below|under|inside)\b"
    r"|\bexceeds? (?:the |this |that |what the )(?:\w+ ){0,2}?(?:limit|maximum|guidelines?"
    r"|recommendations?|recommended|number|ceiling)\b"
)
NOT_NEEDED = LazyPattern(
    r"\b(?P<need>(?:an? |the |such |another |this )[^.;,]{3,60}?|it) (?:is|are) "
    rf"{_NOT} (?:\w+ly )?(?:needed|required|called for)\b|\b(?P<none>none) (?:is|are) needed\b"
)
DISCOURAGED = LazyPattern(
    rf"\b(?:does|do) {_NOT} (?:recommend|support|endorse|advise|favou?r)"
    r" (?P<discouraged>[^.;:,]{3,90})"
)
# Such a sentence leaves room for the request.
LIMITED = LazyPattern(
    r"\b(?:without|absence|beyond|longer|more than|routine\w*|first-?\s?line|alone|stand-?\s?alone"
    r"|prior to|before|until|other than|further|acute|initial\w*|specific\w*|all patients)\b"
)
NONE_APPLIES = LazyPattern(
    r"\b(?:none|neither) of (?:these|them|this|those|the (?:criteria|conditions|requirements))\b"
    r"[^.;:]{0,20}? (?:applies|apply|is|are|has been|have been) ?(?:met|present|recorded|documented"
    r"|satisfied|fulfilled|found|the case)?"
)
ALL_APPLY = LazyPattern(
    r"\b(?:all|each|every one|both) of (?:these|them|this|those|the (?:criteria|conditions"
    r"|requirements))\b[^.;:]{0,20}? (?:applies|apply|(?:is|are|has been|have been) (?:met|present"
    r"|recorded|documented|satisfied|fulfilled|found|the case))\b"
)
MET = LazyPattern(
    rf"\b{_CRITERIA}\b(?! (?:that|which|for which))[^.;]{{0,40}}? (?:is|are|was|were|has been"
    rf"|have been)(?: (?!not\b)\w+){{0,2}}? {_FULFILLED}\b"
    rf"|\b(?:meets?|satisf(?:y|ies)|fulfill?s?) (?:\w+ ){{0,4}}?{_CRITERIA}\b"
    r"|\b(?:worker|patient|claimant|applicant|employee|case|request) (?:\w+ )?qualifies\b"
)
# One criterion of several decides nothing.
PARTLY = LazyPattern(
    r"\b(?:one|two|three|four|\d|some|several|many|most|part|parts|half|a few|few|any)(?: or more)?"
    rf" (?:out )?of (?:the |these |those |its |their )?(?:[\w-]+ ){{0,3}}?{_CRITERIA}\b"
    r"|\b(?:first|second|third|fourth|fifth|last|remaining|other|former|latter|initial|basic"
    rf"|minimum|age|time) (?:\w+ )?{_CRITERIA}\b"
)
CRITERIA_OF = LazyPattern(
    rf"\b{_CRITERIA} (?:for|of|on) (?:the |an? )?(?P<service>[^.;,]{{3,60}}?)"
    r"(?= (?:is|are|was|were|has|have|had)\b|[,.;]|$)"
)
"""Names the service that criteria are of."""
GRANTED = LazyPattern(
    r"\b(?:it|this|that|they|these|which|therapy|treatment) (?:was|were|has been|have been)"
    r" (?:already )?(?:certified|authorized|approved)\b"
)
"""What is supported has been authorized, so it is not in dispute."""
ASKED = LazyPattern(
    r"\b(?:requests?|requested|need|use|necessity|treatment|service|dose|drug|medication|study"
    r"|stud(?:y|ies)|tests?|testing|surgery|procedure|sessions?|visits?|hours|therapy|injections?"
    r"|device|equipment|imaging)\b"
)
_RECORDS = (
    r"(?:documentation|records?|notes?|reports?|rationale|findings|examination|history|chart|facts"
    r"|evidence|justification|support|case|reasons?|information|indications?)"
)
_SUPPORTS = r"(?:supports?|supported|justif(?:y|ies)|warrants?|favou?rs?|substantiates?|calls? for)"
SUPPORTED = LazyPattern(
    rf"\b{_RECORDS}\b(?: (?!not\b|no\b|fails?\b|failed\b|does\b|did\b|do\b|that\b|cannot\b|to\b"
    rf"|lacks?\b)[\w-]+){{0,4}}? {_SUPPORTS} (?!that\b|by\b)(?P<records>[^.;]{{3,80}})"
    r"|\bthere (?:is|are|was|were) (?!no\b|not\b|insufficient\b|inadequate\b|little\b|limited\b)"
    rf"(?:\w+ ){{0,3}}?{_RECORDS} (?:[\w]+ ){{0,4}}?(?:to support|supporting|that supports?"
    rf"|in support of|to justify) (?P<given>[^.;]{{3,80}})"
    rf"|\b(?!mtus|odg)[\w-]+ (?:calls? for|warrants?|justif(?:y|ies))"
    r" (?P<called>(?:the|this) [^.;]{3,60})"
)
HEDGED = LazyPattern(
    r"\b(?:but|however|although|though|while|whereas|yet|except|despite|in spite of|nevertheless"
    r"|nonetheless|unless|even (?:if|though|so)|notwithstanding|otherwise|strictly|exception"
    r"|insufficient\w*|inadequate\w*|regardless|conversely|rather than|instead|on the other hand"
    r"|unfortunately)\b"
)
CONDITIONAL = LazyPattern(
    r"\b(?:if|when|unless|until|should|would|may|might|could|whether|once|in order|where|only"
    r"|additional)\b"
)
CONTRAINDICATED = LazyPattern(
    r"\b(?:contraindic\w+|red flags?|exclu\w+|adverse|side effects?|complications?|warning"
    r"|discontinu\w+|risk factors?)\b"
)
NEGATED = LazyPattern(
    r"\b(?:no|not|nor|never|neither|none|nothing|without|lack\w*|fail\w*|absen\w+|cannot"
    r"|n['\u2019]t)\b|n['\u2019]t\b"
)
# No guideline says so: it would continue a treatment that does not help.
_GAIN = r"(?:gains?|improvements?|benefits?|progress|efficacy|effects?|response|relief)"
INVERTED = LazyPattern(
    r"\beven (?:if there (?:is|was) no|if no|with no|without(?: an?y?)?) (?:\w+ ){0,3}?"
    rf"{_GAIN}\b"
    rf"|\b(?:does|do|did) not (?:ask for|require|demand|call for|expect) (?:\w+ ){{0,3}}?{_GAIN}\b"
    r"|(?<!not\s)(?<!never\s)\b(?:suggested|recommended|supported|advised|allowed)"
    rf" (?:[\w-]+ ){{0,6}}?without (?:\w+ ){{0,3}}?{_GAIN}\b"
)
TURNS = LazyPattern(
    r"^(?:but|however|nevertheless|nonetheless|yet|still|even so|although|though|despite"
    r"|in spite|that said|notwithstanding|on the other hand|while|given|conversely|unfortunately)\b"
    r"|\b(?:however|nevertheless|nonetheless)\b"
)
_LOST = (
    r"(?:describ|document|includ|mention|show|stat|specif|provid|explain|contain|record|address"
    r"|detail|identif|demonstrat|indicat)(?:e|y|s)?"
)
# Only a lost "not" explains these under an upheld item.
REVERSED = LazyPattern(
    r"\bthere (?:is|are|was|were) (?:exceptional|extenuating|extraordinary|unusual) (?:factors?"
    r"|circumstances?|reasons?)\b"
    r"|\b(?:would|will|could) (?:likely |probably )?(?:change|alter|affect|influence)"
    r" (?:the |his |her |this )?(?:\w+ )?(?:management|treatment|course|plan|care)\b"
    r"|\b(?:(?:but|although|though|however,?) (?:the|this|these|he|she|they)|which)\b[^.,;]{0,50}?"
    rf" (?:does|did|do) {_LOST}(?: |[.,;])"
)
# What speaks for a request so plainly that no denial follows from it.
DOCUMENTED = LazyPattern(
    r"\bthere (?:is|are|was|were) (?:(?:clear|good|sufficient|adequate|some|ample|also) ){0,2}"
    r"(?:documentation|evidence|records?|mention|indications?|support|justification|rationale)"
    r" (?:of|for|to|that|provided|documented|given|showing|why|regarding|as to)\b"
    r"|\b(?:provid(?:ed|es)|document(?:ed|s)|explain(?:ed|s)) (?:a|an|the|his|her)"
    r" (?:\w+ )?(?:rationale|justification|explanation|necessity|need) (?:for|of|as to|why)\b"
    r"|\b(?:has|have) been (?:clearly |well |adequately )?(?:documented|established"
    r"|demonstrated)\b"
)
FOLLOWS = LazyPattern(
    r"\s*(?:therefore|thus|hence|as such|accordingly|consequently|for (?:this|these) reasons?"
    r"|given this)\b"
)
PLAIN_SUPPORT = LazyPattern(
    r"\b(?:rationale|justification|support for|explanation|functional (?:improvement|gain|benefit)"
    r"s?|objective improvement|failure|failed|exceptional|necessity|need for|benefit from"
    r"|medical necessity)\b"
)
