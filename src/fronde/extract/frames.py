# ruff: noqa: E501  patterns are read one by one, not wrapped
"""Event classes by the words that carry them, with the groups that can do or suffer them.

Patterns run on one sentence at a time. A class that villagers and pensioners do as well (*fled*, *protest*) asks for
somebody of the elite, or at least nobody who plainly is not. Patterns, groups and order of precedence are our own.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

_ELITE: Final = (
    r"(?:minister|official|general|marshal|officer|commander|colonel|admiral|tycoon|oligarch|billionaire|baron|banker|magnate|owner|governor|aide|adviser|"
    r"ally|allies|senator|deputy|deputies|lawmaker|prince|king|emperor|queen|duke|count|president|premier|chancellor|executive|businessm[ae]n|chief|boss|head|"
    r"elite|insider|henchm[ae]n|spy|envoy|ambassador|judge|prosecutor|colonel|entrepreneur|industrialist|investor|courtier|pals?|cronies|ministers)"
)
_COMMON: Final = re.compile(
    r"\b(?:villagers?|civilians?|refugees?|residents?|famil(?:y|ies) of|ordinary|thousands of people|migrants?|students? fled|tourists?|workers|conscripts|women and children|people crossed|patients|children)\b",
    re.IGNORECASE,
)
_GROUPS: Final = frozenset(("flee", "return", "resign", "repression", "discontent_spread", "suspicious_death"))
_LEADER: Final = r"(?:president|leader|ruler|dictator|despot|tyrant|king|queen|emperor|chancellor|premier|prime minister|kremlin|regime|strongman|him_+)"
_WAR: Final = r"(?:war|blockade|invasion|campaign|offensive|operation|fighting|conflict|policy|embargo|ordinances?|ceasefire|sanctions|draft|mobili[sz]ation|closing of the \w+|war effort)"

_PATTERNS: Final[dict[str, tuple[str, ...]]] = {
    "resign_refused": (
        r"(?:resign|step(?:ped|s)? down|quit|leave|go|stand down)\w*\b.{0,80}?\b(?:told|forced|ordered|made|asked|persuaded|begged|allowed)\b.{0,40}?\b(?:stay|remain|keep|carry on|could not|couldn't|not (?:leave|go))",
        r"(?:tried|try|sought|attempted|offered|asked|wanted|begged|attempts?) (?:to )?(?:resign|step down|quit|leave (?:her|his|their|office|the post)|stand down|leave$|leave\b(?! the country))",
        r"(?:resignation|offer to (?:go|resign|quit)) (?:was |has been |were )?(?:refused|rejected|turned down|not accepted)",
        r"(?:refused|rejected|declined|turned down) (?:\w+ )?(?:resignation|offer to resign)",
        r"(?:could(?:n't| not)|can(?:'t|not)) (?:resign|quit|step down)", r"tried and (?:to have )?(?:been refused|failed)",
    ),
    "resign": (r"(?:tender|submit|hand)(?:ed|s|ing)? (?:in )?(?:his|her|their) (?:resignation|notice)", r"bow(?:ed|s|ing)? out|retire[ds]? (?:from|early)|(?:leave|leaves|leaving|vacate[ds]?|relinquish\w*) (?:his|her|their|the) (?:posts?|jobs?|offices?|seats?)", 
        r"(?:has|have|had|he|she|they|who|himself|and|to|will|would|may|might|ministers?|officials?|\w+) (?:abruptly |suddenly |formally |also |since |has |himself |plan to |never )?(?:resign(?:ed|s|ing)?|quit(?:s|ting)?|step(?:s|ped|ping)? down|stood down|stand(?:s|ing)? down|abdicat\w+)\b",
        r"\bresignations?\b", r"left (?:his|her|their|the) (?:posts?|jobs?|offices?|cabinet|government)", r"(?:gave|given|giving) up (?:his|her|their) (?:posts?|seats?|offices?)",
        r"walk(?:ed|ing)? out of (?:the )?(?:government|cabinet|ministry|office|parliament)", r"abdication", r"offered to go",
    ),
    "flee": (r"(?:moved|relocat\w+|emigrat\w+|escap\w+|decamp\w+|fled|gone|slipped) (?:abroad|overseas|out of the country|across the border|to (?-i:[A-Z]\w+))", r"exiled|secretly left", 
        r"\bfle(?:e|es|d|eing)\b", r"(?:left|leave|leaves|leaving|quit|skipped|escaped|departed|abandoned|gone from) (?:the )?(?:country|capital|homeland)",
        r"(?:have|has|had|to|who|also|and) (?:also |since |already |now )?(?:left|leave) (?-i:[A-Z]\w+)\b(?!['’-]| (?:alone|behind|unchanged))", r"(?:lives?|living|settled|residing|now) in exile", r"into exile", r"sought (?:asylum|refuge)|seek(?:s|ing)? asylum|about asylum|political asylum", r"flown to|flew to|boarded a (?:flight|plane)|boarded the|on board the",
        r"moving (?:their|his|her) famil(?:y|ies) abroad|bought homes (?:in|abroad)", r"defect(?:ed|s|ing|ion)s?\b(?! has)", r"(?:had|has|have) left for\b", r"will fly to", r"(?:to|have|has|had) depart(?:ed)?\b|departures?\b",
        r"went abroad|gone abroad|now abroad",
    ),
    "return": (r"return(?:ed|s|ing)? (?:home|to the country|from (?:exile|abroad))", r"(?:plans?|intend|intends|intention)\w* to return", r"came back from exile|back from exile"),
    "dismissed": (r"(?:lost|loses) (?:his|her|their) (?:posts?|jobs?|commands?)|(?:forced|pushed|kicked) out|given the (?:boot|sack)|reshuffl\w+|shake-?up", 
        r"(?:was|were|been|be|being|is) (?:\w+ )?(?:dismissed|sacked|fired|removed|replaced|ousted|relieved|axed|purged|stripped|demoted|moved to)\b(?! as)",
        r"(?:dismiss(?:ed|es|ing)?|sack(?:ed|s|ing)?|fire[ds]|axe[ds]?|oust(?:ed|s)?|depose[ds]?|purge[ds]?|remove[ds]?) (?:the |his |her |their |a |an |two |three |four |five |six |\w+ )?(?:\w+ ){0,3}" + _ELITE,
        r"dismissal of (?!charges)", r"(?:remove|oust|replace|sack|dismiss|get rid of) (?:him|her|them|the \w+)\b", r"wants? (?:him|her|them) (?:gone|out)",
    ),
    "appointed": (r"(?:was|were|been|be|is) (?:\w+ )?(?:appointed|named|promoted|nominated|installed)\b", r"(?:appoint(?:ed|s)?|promoted|nominated) (?:\w+ ){0,4}(?:as|to|" + _ELITE + ")", r"replaced \w+ (?:last|in|as|on)", r"agreed to form a (?:cabinet|government)", r"took over as"),
    "criticise_leader": (r"(?:anger|fury|rage|resentment) (?:at|towards?|against) (?:the )?(?:\w+ )?" + _LEADER, 
        r"(?:criticis|criticiz|denounc|attack|blam|condemn|accus|insult|mock|curs|slamm?)\w* (?:the )?(?:\w+ ){0,2}?" + _LEADER + r"\b", r"turn(?:ing|ed|s)? (?:on|against) (?:the )?(?:\w+ )?(?:" + _LEADER + r"|him)\b",
        r"accused (?:\w+ )?" + _LEADER + r"\b", r"(?:he's|he is|he has) (?:gone soft|mad|insane|finished|lost (?:it|the plot))", r"pressed for (?:it|his (?:fall|removal))",
    ),
    "criticise_policy": (r"(?:critic(?:s|ism|al)?|objections?|opposition|opposed|opponents?) (?:of|to) (?:the |this )?(?:\w+ )?" + _WAR, r"(?:insanity|madness|folly|senseless|colossal mistake|catastrophic (?:mistake|error))", 
        r"(?:speak|spoke|spoken|speaking|voic\w+|speaks) (?:\w+ )?out\b", r"(?:criticis|criticiz|denounc|condemn|slamm?|oppos|protest|deplor|blast|attack)\w* (?:against )?(?:the |an |this |his |of the )?(?:\w+ )?" + _WAR,
        r"(?:call(?:ed|s)?|brand(?:ed|s)?|describ\w+|denounc\w+|dubbed) the (?:\w+ )?" + _WAR + r"(?: critics)? (?:as )?[\"“'‘]?", r"publicly (?:spoke|spoken|criticis\w+|criticiz\w+|opposed|against)", r"(?:end|stop) the (?:war|fighting|blockade|bloodshed)",
        r"(?:urge[ds]?|called for|calls for|call for|petition for|appeal for|pleaded for|seek|seeking) (?:\w+ ){0,3}?(?:\w+ )?(?:peace|talks|ceasefire|negotiat\w+|diplomacy)\b", r"(?:do(?:es)?n't|do not|does not|did not|didn't|not) (?:need|want|support) (?:the |this |a )?" + _WAR,
        r"(?:sign|signed) a (?:peace|petition)", r"blam(?:e|es|ed|ing) (?:the )?" + _WAR, r"against (?:the|this) " + _WAR, r"(?:sickened|appalled|disgusted|horrified|dismayed) by (?:the )?" + _WAR,
        _WAR + r" (?:was|is|as) (?:[\"“'‘]?)(?:a |an )?(?:\w+ ){0,2}?(?:madness|insan\w+|mistake|crime|catastroph\w+|disaster|unlawful|pointless|folly|senseless|stupid|wrong|tragedy)",
        r"demanded the (?:dismissal|resignation)", r"call off the (?:campaign|war|invasion|offensive)", r"critics of the war|critical of the (?:war|invasion)",
    ),
    "public_loyalty": (
        r"(?:pledge[ds]?|sw(?:ear|ore|orn)|declare[ds]?|profess\w*|reaffirm\w*|letter of|vow\w*|signed a letter of|voice[ds]?) (?:\w+ )?(?:loyalty|allegiance|support|fealty)", r"(?:complete|remain|stay|completely|totally|fully|still)\w* [\"“]?(?:completely |totally |fully )?loyal\b", r"loyalty to \w+.{0,40}?(?:strong|unshaken|intact)", r"distanced (?:himself|herself|themselves) from the",
        r"(?:backs?|backed|back|rally|rallied|stand|stood|stands) (?:behind|by) (?:the )?(?:" + _LEADER + r"|him)\b", r"praised the (?:president|leader|war|operation|decision)",
    ),
    "silence": (r"(?:said|say|says) nothing\b", r"(?:kept|keep|keeps|remained|remain|stayed|stay) (?:silent|quiet|mum)", r"(?:few|nobody|no one|none|not one)(?: of \w+)? (?:\w+ )?(?:dare|dares|dared|willing) ", ),
    "split": (r"(?:elite|regime|army|cabinet|court|establishment|circle) (?:\w+ ){0,3}?(?:split|divided|fractur\w+|crack\w*|fragment\w+)|(?:sharp|deep|growing|widening) (?:divisions?|differences|dividing)", 
        r"\b(?:cracks?|splits?|rifts?|divisions?|schism|fissures?|fractures?|dividing lines?|fault ?lines?)\b", r"\b(?:divided|split|torn) (?:over|between|about|by|on)\b", r"tearing (?:itself|themselves) apart", r"(?:fallen|falling|fell) out with|no longer speak to each other", r"(?:feud|quarrel|infight|rival(?:ry|ries)|power struggle|turf war|at odds|at loggerheads)\w*",
        r"mutin(?:y|ies|ied)", r"(?:went|go|gone|going) over to (?:the )?(?:people|allies|rebels|opposition|enemy|other side|insurgents)", r"(?:chang|switch)\w* sides", r"(?:army|guard|generals|troops) (?:\w+ )?turn(?:s|ed)? (?:on|against)",
        r"the (?:\w+ )?(?:spies|defence chief|army|generals|police|minister|ministers|hawks|doves) blames? the", r"(?:declared|declare) (?:their )?(?:support )?for the (?:new government|princes|rebels|republic)|declare for the", r"coup\b",
    ),
    "discontent_spread": (r"(?:terrible|grim|dark|dire|sour|bleak) mood|(?:increasingly|deeply|growing) (?:unhappy|worried|angry|alarmed|nervous|anxious|uneasy|frustrated)|in (?:shock|despair)|los(?:t|ing) (?:faith|patience|heart)|fed up", 
        r"(?:discontent|unrest|dissatisf\w+|anger|unhapp\w+|frustrat\w+|resentment|disquiet|grumbl\w+|disaffect\w+|misery|gloom|despair|unease|dissent|bitterness|disillusion\w+)", r"mood (?:was|is|has|in|among)", r"(?:normal|prosper\w*|peaceful|good) li(?:fe|ves)", r"no longer believe", r"want(?:s|ed)? (?:prosperity|peace|normal)", r"increasingly divided",
    ),
    "isolation": (r"(?:walled|sealed|shut|closed) (?:himself |itself )?off|(?:no|little|limited|less) (?:access|contact) (?:to|with)|surrounded (?:himself )?(?:only )?(?:by|with)|hears? only|kept in the dark", 
        r"\bisolat(?:ed|ion)\b", r"(?:stopped|no longer) (?:calling|seeing|meeting|receiving|listening|listens|hear|wants to hear|trusts)", r"trusts? (?:no one|nobody|only)", r"(?:was|is|left|sits) alone\b", r"out of touch|in a bunker|bunker mentality|cut off from|lost touch|losing (?:his|her|its) grip", r"not (?:been )?seen in public|no longer wants to hear",
    ),
    "hardliner_dominance": (r"(?:handful|coterie|clique|narrow group|small group) of (?:\w+ ){0,3}?(?:advis\w+|officials|aides|generals|men|hawks|hard)", r"calling the shots", r"hard-?lin(?:e|ers?)\b", r"listens? only to|listen(?:s|ed)? to no one but", r"(?:small|narrow|tight|tiny|inner) (?:\w+ )?(?:circle|clique|group|coterie) (?:of|around|that|who|has|dominat)", r"dominated by|in thrall to|under the (?:sway|influence) of", r"(?:hawks|security services?) (?:\w+ )?(?:dominat|control|run)\w*", r"refus(?:e[ds]?|ing) to (?:lead|march|fire|obey|fight|attack)"),
    "trap": (r"(?:in|into) a (?:trap|corner|cage)|burn(?:ed|t) (?:his|her|their) (?:bridges|boats)|(?:at|under) (?:his|the \w+'s) mercy|no (?:exit|escape|choice|alternative)|(?:just|simply) (?:quit|leave|resign|walk)|tied to (?:him|the)|rely on (?:him|the)|reliant on", 
        r"\bhostages?\b", r"\btrapped\b", r"(?:can(?:'t|not)|can not|could not|couldn't|unable to|nobody (?:can|may)|no one (?:can|may)|none (?:of \w+ )?can) (?:\w+ )?(?:just |simply )?(?:sell|leave|quit|walk (?:out|away)|go|escape|move|resign|get out)", r"no way (?:back|out)", r"depend(?:s|ed|ent|ence)? (?:entirely |wholly |completely )?(?:on|upon) (?:the )?(?:" + _LEADER + r"|him|state)(?:\b|_)", r"left no choice|no choice but",
        r"(?:a lot|much|everything|too much|homes?|famil(?:y|ies)|something) to lose|(?:have|got) (?:homes|families|children)", r"nowhere to (?:go|run)", r"none of them can move",
    ),
    "patronage": (r"(?:gave|given|got|handed|secured|found) (?:\w+ ){0,3}?(?:his |her )?first (?:\w+ )?job", r"prot[ée]g[ée]|mentor(?:ed)?\b|patron\b|owes (?:his|her|their) (?:post|career|fortune|job|rise)", r"brought (?:him|her|\w+) to (?:the )?(?:kremlin|palace|court|power)"),
    "wealth_loss": (r"(?:assets?|wealth|riches|yachts?|savings|fortunes?|empires?) (?:\w+ ){0,4}?(?:frozen|lost|seized|gone|destroyed|slashed|plunged|decimated|wrecked)", r"(?:decimat|wreck|slash|devastat)\w+ (?:\w+ ){0,3}?(?:fortunes?|wealth|business\w*)", 
        r"(?:lost|lose|loses|losing|shed|wiped|wipe) (?:\w+ ){0,6}?(?:billions?|millions?|fortunes?|wealth|half of|crowns|\d)", r"fortunes? (?:\w+ ){0,3}?(?:shrunk|shrank|collapsed|destroyed|gutted|evaporated|halved|wiped|melted|vanished|dwindled|ruined|hit)", r"(?:destroyed|gutted|wiped out|shrunk|ruined) (?:\w+ ){0,4}?(?:fortunes?|wealth)", r"billions (?:\w+ ){0,2}?(?:lost|wiped|frozen|evaporat)", r"(?:sell|sold|selling) (?:its|his|her|their) (?:stake|shares|newspaper|business|company)",
        r"(?:took|taken|take|takes) over (?:\w+ ){0,3}?(?:bank|bank|company|firm)",
    ),
    "wealth_gain": (r"(?:amass|accumulat|built|build|made|making)(?:ed|s|ing)? (?:\w+ ){0,3}?(?:fortunes?|billions|wealth)", r"(?:grew|grown|became|become|made|got) (?:\w+ )?(?:rich|richer|wealthy|fortune)", r"(?:bought|buying|snapped up|acquired) (?:\w+ ){0,4}?(?:assets|firms?|factor\w+|ports|plants|stakes?)", r"(?:enriched|profited|made (?:billions|a fortune))"),
    "seizure": (r"(?:seiz|confiscat|nationali[sz]|expropriat)\w*(?! documents)", r"(?:frozen?|froze|freez\w+) the (?:\w+ )?accounts", r"taking over (?:private )?(?:companies|firms|property)", r"(?:lose|lost) property|state took over|taken over by the state"),
    "repression": (r"(?:interrogat|blacklist|harass|hound|exil)(?:ed|ing)\b|behind bars|in custody|criminal case|treason|police state|reprisals?", 
        r"\b(?:arrest(?:ed|s|ing)?|detain(?:ed|s|ing)?|jail(?:ed|s|ing)?|imprison\w*|prosecut(?:ed|ing|ion)|locked up|house arrest|charged|convicted|sentenced|fined|beaten|tortur\w+|expelled|banished|shot and wounded|poisoned)\b", r"\b(?:crackdown|repress\w*|purge|terror|persecut\w+|witch-?hunt|show trials?)\b", r"opened a case against|a case against", r"(?:searched|raided) (?:\w+ ){0,4}?(?:houses?|homes?|offices?|flat)", 
    ),
    "threat": (r"(?:warned|threatened|menaced) (?:them|him|her|those|anyone|critics)|(?:veiled|open|fresh) (?:threats?|warnings?)|will be (?:punished|dealt with|crushed)|threats? (?:to|against)", r"threat(?:en|ens|ened|ening|s)? (?:\w+ )?(?:critics|opponents|traitors|people|those|anyone|him|her|them|elites?|owners)", r"keep(?:s|ing)? (?:\w+ ){0,4}?in line|kept in line", r"(?:warned|warns|warning) (?:\w+ ){0,3}?(?:traitors|those who|critics|owners)", r"put under pressure|intimidat\w+|climate of fear|\btraitors\b"),
    "suspicious_death": (r"(?:mystery|strange|sudden|unexplained) deaths?|(?:turned up|discovered) dead|plunged to (?:his|her) death", r"(?:found|was found|were found) dead", r"(?:mysterious|unexplained|suspicious) (?:circumstances|deaths?)", r"fell (?:from|out of) (?:a |his |her |the )?(?:\w+ )?(?:window|balcony|roof|hospital)", r"was pushed\b", r"(?:he|she) had died\b", r"apparent suicide"),
    "media_control": (r"(?:ban(?:ned|s)?|barred|forbidden|prohibited|outlawed) (?:\w+ ){0,4}?(?:word|term|phrase|newspapers?|media|journalists|broadcasters?)|(?:media|press|journalists|newspapers|broadcasters) (?:\w+ ){0,4}?(?:banned|barred|forbidden|ordered|gagged|muzzled|silenced)", 
        r"(?:not to|never to|forbidden to|banned from|barred from|prohibited from|from) (?:use|using|say|saying|call|calling|publish\w*|report\w*|print\w*|broadcast\w*) ", r"\bcensor(?:s|ed|ship)?\b", r"bans? (?:websites|newspapers|media|journalists|the word)", r"(?:shut|closed|blocked|silenced) (?:down )?(?:\w+ ){0,3}?(?:newspapers?|websites?|radio|tv|media|outlets?|stations?)", r"law (?:against|on|criminali[sz]ing) (?:\w+ )?(?:fake|false)",
    ),
    "escalation_pressure": (r"(?:pressure|calls|demands) (?:on \w+ )?(?:to|for) (?:escalat|a (?:harder|tougher)|all-out|total)", r"drop the (?:term|label|name)|take the gloves off|finish the job", 
        r"(?:generals?|military|army|top brass|officers?|commanders?|chiefs?|hawks|barracks|brass|soldiers?|chief of staff|troops)\b.{0,90}?\b(?:want|wants|wanted|demand|demands|demanded|push|pushes|pushing|press|pressing|urge|urges|urged|call|calling|calls|rag(?:e|ing)|fum\w+|furious|outraged|livid|angry|beg|begged|told)\b",
        r"\b(?:payback|revenge|wants? blood|retribution|all-out war|total war|war footing|war party|martial law)\b", r"(?:press|push|urg|lobby|beg)\w* (?:the )?\w+ to (?:escalate|declare|expand|widen|go further|drop|call up|attack)", r"go (?:further|all the way)", r"escalat\w+", r"declare (?:\w+ ){0,3}?war\b",
        r"(?:dig in|consolidat\w+) .{0,40}(?:gain|hold|ground|territor|positions|occup)|next (?:stage|phase) of (?:the|his) war",
    ),
    "escalation": (r"(?:new|fresh|second|major|wider|full-scale) (?:offensive|front|assault|invasion)", r"widen(?:ed|ing)? the (?:war|conflict)|(?:open|opened) a second front", r"dig in and hold", r"expect martial law|declare[ds]? martial law"),
    "mobilisation": (r"mobili[sz]\w+", r"call(?:s|ed|ing)?[ -]up\b|calls? to arms|full call-up", r"conscript(?:ion|ed|s)?\b|\bdraft (?:notices|of)\b|reservists"),
    "war_setback": (r"(?:fail(?:ed|s|ure)?|unable|inability) to (?:take|capture|seize|conquer|hold|reach)|heavy losses|ground to a halt|bogged down|driven back|pushed back|humiliat\w+", 
        r"(?:botched|failed|failing|disastrous|stalled|bungled|humiliating|faltering|abortive|doomed) (?:\w+ ){0,3}?(?:assault|push|offensive|attack|invasion|advance|campaign|defeats?|operation|bid|war|storming|attempt to take)", r"(?:assault|push|offensive|attack|invasion|advance|storming|blitz|attempt) (?:\w+ ){0,4}?(?:failed|stalled|collapsed|faltered|did ?n[o']t work|has not worked)",
        r"(?:lost|lose|losing|loss of) (?:\w+ ){0,2}?(?:control of|the (?:city|town|delta|passes|port|islands?|river|war)|ground|territory)|(?:city|town|port|province|front|fleet) (?:\w+ )?(?:was|were|is) lost|lost (?:city|town|province)", r"\b(?:retreat(?:ed|s|ing)?|withdrawal|withdrew|rout(?:ed)?|setbacks?|defeats?|defeated)\b", r"(?:failures?|failed) (?:in|at|of|on) (?:\w+ ){0,3}?(?:war|front|battle|almost|most|objectives|aims|goals|field)", r"failed (?:\w+ ){0,6}?(?:aims|objectives|goals)", r"victory within (?:weeks|days)|expected (?:to win|victory)",
    ),
    "war_gain": (r"(?:captured|took|taken|seized|retaken|recaptured|conquered) (?:control of )?(?:the )?(?:city|town|port|village|island|pass(?:es)?|capital|region)", r"(?:advance[ds]?|breakthrough|victor(?:y|ious)|gained ground|pushed back the)\b"),
    "sanctions": (r"\bsanction(?:s|ed|ing)?\b", r"(?:assets|accounts|yachts?) (?:\w+ ){0,4}?(?:were|was|been) frozen|asset freeze|travel ban"),
    "foreign_support": (r"(?:help|support|back|arm|assist)(?:s|ed|ing)? (?:the )?(?-i:[A-Z]\w+) (?:to |in |with |against )?(?:\w+ ){0,3}?(?:push|drive|expel|dislodge|defend|resist|forces|troops|arms|weapons|fight|win)", r"(?:pledge[ds]?|send|sent|sending|supply|supplied|supplying|deliver\w*|provid\w+|donat\w+|approv\w+) (?:\w+ ){0,6}?(?:aid|arms|weapons|missiles|tanks|ammunition|loans?|military help|assistance|in aid)", r"help(?:ing)? (?:\w+ ){0,3}?(?:dislodge|push|drive|expel|defend|fight)", r"recogni[sz]e the (?:republic|new government)"),
    "poll_support": (r"(?:opinion )?polls? (?:\w+ ){0,4}?(?:show|suggest|indicate|find|put)\w*|drum(?:med|ming)? up (?:\w+ )?support|rally(?:ing)? (?:public )?support|(?:majority|most) of (?:the )?(?:public|population|people|voters) (?:back|support)", 
        r"(?:\d+(?:\.\d+)?\s?(?:%|per ?cent|percent)) (?:of )?(?:\w+ ){0,4}?(?:back|support|approve|trust|favou?r|oppose)", r"(?:polls?|surveys?|polling|pollsters?)\b.{0,80}?\b(?:support|back|approv|behind|suggest|majority)\w*", r"(?:approval|popularity|support|rating)s? (?:\w+ ){0,3}?(?:stood|stands|at|fell|rose|is|was|dropped) (?:at |to )?\d+", r"support (?:is )?(?:weakest|strongest) among", r"(?:public|mass|popular) (?:support|backing)|public (?:keeps|continues|still) (?:back|support)\w*",
    ),
    "sourcing": (r"(?:interviews?|conversations?) with", r"(?:interviewed|spoke(?:n)? (?:to|with)|talked to|surveyed) (?:\w+ ){0,2}?(?:several|\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|dozens|more than|a number|billionaires|officials|bankers|people)",),
}  # fmt: skip
# A class that swallows another where both are found in one clause.
_SWALLOWS: Final = (
    ("resign_refused", "resign"), ("resign_refused", "flee"), ("trap", "flee"), ("trap", "resign"), ("escalation_pressure", "escalation"),
    ("poll_support", "public_loyalty"), ("criticise_leader", "split"), ("silence", "flee"), ("seizure", "wealth_loss"), ("discontent_spread", "silence"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """One event class found at `[start, end)` of the words given."""

    event_class: str
    start: int
    end: int


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE))
        for name, patterns in _PATTERNS.items()
    )


_LEADER_NAMED: Final = re.compile(
    r"\b(?:President|Prime Minister|Premier|Chancellor|King|Queen|Emperor|Tsar|[Dd]ictator|[Tt]yrant|[Dd]espot|[Rr]uler|[Ss]trongman|[Ll]eader|Regent)\s"
    r"(?:[A-ZÀ-Þ][\w'’-]+\s)?(?P<name>[A-ZÀ-Þ][\w-]{2,})"
)


def leader_names(text: str) -> frozenset[str]:
    """Last names that the text gives a ruler's title."""
    return frozenset(m["name"] for m in _LEADER_NAMED.finditer(text))


def matches(words: str, leaders: frozenset[str] = frozenset()) -> list[Match]:
    """All event classes in a sentence, groups and precedence applied. `leaders`: last names of rulers."""
    found: list[Match] = []
    common = bool(_COMMON.search(words)) and not re.search(rf"\b{_ELITE}", words, re.IGNORECASE)
    for name in leaders:
        if name in words:
            # Same length, so that places stay what they are: patterns know `him_` as the ruler.
            words = (
                re.sub(rf"\b{re.escape(name)}\b", "him" + "_" * max(1, len(name) - 3), words)
                if len(name) > 3
                else words
            )
    for name, pattern in _compiled():
        if common and name in _GROUPS:
            continue
        found += [Match(name, m.start(), m.end()) for m in pattern.finditer(words) if m.end() > m.start()]
    names = {m.event_class for m in found}
    swallowed = {small for big, small in _SWALLOWS if big in names}
    return sorted((m for m in found if m.event_class not in swallowed), key=lambda m: (m.start, m.event_class))
