# ruff: noqa: E501  the table of verbs is read by column
"""The words that attribute: verbs by what may follow them, nouns, adverbs, phrases.

Complements of a verb: q a quotation, t a *that* clause (with or without *that*), i an infinitive, n a noun phrase
that stands for what was said, a the hearer before the clause (*told us that*), p the hearer before an infinitive
(*urged him to*), w a *whether* or *what* clause, g a gerund, o *of, about, against* and a noun phrase, s a noun
phrase *as* something, c a clause or phrase judged without *as* (*called the war a mistake*).
Our own list, from reading; verbs of speech first, then of thought and will.
"""

from functools import cache
from typing import Final

from fronde.extract.word_sets import word_set

_VERBS: Final = """
say qtn | tell qatp | add qt | state qtn | announce qtn | declare qtnc | claim qtin | report qtn | confirm qtn | deny qtng | insist qto
argue qto | warn qatop | admit qtngo | concede qtn | acknowledge qtn | maintain qt | assert qtn | contend qt | allege qtn
reveal qtn | disclose qtn | explain qtw | note qtn | observe qt | remark qto | comment qo | reply qt | respond qt | answer qtn
retort q | counter qt | recall qtgn | recount qtn | relate qtn | stress qtn | emphasise qtn | emphasize qtn | underline qtn | underscore tn
reiterate qtn | repeat qtn | write qt | tweet qt | post q | testify qto | swear qti | vow qti | pledge qtin | promise qatin
threaten qit | boast qto | joke qt | quip q | lament qtn | complain qto | grumble qto | mutter q | whisper qt | shout qt
yell q | scream q | declaim q | exclaim q | ask qwpi | inquire qw | enquire qw | wonder qw | question nw | demand qtin
urge qptn | call sc | describe s | dub c | brand c | label c | term c | depict s | portray s | characterise s | characterize s
denounce ns | condemn ns | criticise n | criticize n | praise n | blame n | accuse n | dismiss ns | reject n | slam ns
blast ns | attack ns | mock ns | deride ns | hail ns | laud ns | liken n | cite n | quote n | advise qpat
assure at | inform at | notify at | remind qatp | persuade atp | convince atp | reassure at | brief at | beg qp
plead qo | implore qp | order qpt | instruct qpt | command qp | forbid p | invite p | encourage pn | press p | push p | petition p
propose qtign | suggest qtgn | recommend qtgn | hint qto | imply qtn | indicate qtn | signal qtn | intimate qt | show tn | find t
conclude qtn | estimate qtn | calculate qtn | reckon qt | predict qtn | forecast qtn | project tn | expect tin | anticipate tgn
believe qtn | think qtn | feel t | know tw | understand tw | suspect tn | doubt tn | fear qtn | worry qt | hope qti
consider tgscw | regard s | see s | view s | assume tn | presume t | guess t | suppose t | imagine t | realise tw | realize tw
recognise tn | recognize tn | agree qti | disagree qt | accept t | dispute nt | refuse qin | decline i | want ip
wish it | plan in | intend ing | decide itw | choose i | resolve it | determine t | seek in | aim i | mean i | prefer in
desire in | vote i | offer qin | volunteer qit | opt i | consent i | undertake i | commit i | prepare i | try i
speculate qt | opine qt | muse qt | proclaim qtn | pronounce qc | affirm qt | attest to | caution qtao | cry q | protest qto
object qt | interject q | chime q | continue q | conclude qt | begin q | go_on q | point_out qt | rule t | rule_out ng | call_for n
make_clear t | set_out n | spell_out n | hit_out o | speak_out o | lash_out o | voice n | express n | sound c | rave q
read q | detail n | outline n | stipulate t | specify qt | certify t | verify t | document nt | publish n | broadcast n
discover t | learn t | hear t | remember tg | forget t | sense t | perceive ts | prove t | demonstrate tn | suggest t
endorse n | favour ng | favor ng | support n | oppose ng | back n | welcome n | regret tgn | deplore n | mourn n | celebrate n
""".replace("\n", "|")

# Verbs whose noun-phrase complement is content only where the phrase is itself about saying or doing.
WEAK_NOUN_OBJECT = word_set(
    """
    show find make see attack publish broadcast reject seek plan refuse offer support back welcome call feel
    cite quote want voice express celebrate mourn encourage report confirm note repeat recall question dismiss
    doubt desire prefer
    """
)
# Verbs that take a quotation only when the mark is next to them: used in other senses most of the time.
NEEDS_QUOTE = word_set(
    """
    begin continue go_on read sound rave cry answer post write repeat
    """
)
RARE_INFINITIVE = word_set(
    """
    try prepare begin mean vote offer commit undertake seek want aim choose decline
    """
)

NOUNS: Final = word_set(
    """
    announcement statement claim report rumour rumor warning allegation accusation suggestion assertion
    insistence belief view opinion fear hope worry concern doubt suspicion expectation prediction forecast
    estimate promise pledge vow threat decision plan intention call demand request appeal proposal offer
    admission confession denial conclusion finding argument impression speculation testimony message
    declaration acknowledgement confirmation assurance reminder complaint charge contention remark comment talk
    word news evidence idea notion refusal order
    """
)
# Where a noun takes *to*: an intention or a request of its owner.
NOUNS_TO: Final = word_set(
    """
    decision plan promise pledge vow threat intention call demand request appeal proposal offer refusal order
    """
)
NOUNS_OF: Final = word_set(
    """
    rumour rumor claim report warning allegation accusation fear threat talk suspicion
    """
)
ADVERBS: Final = frozenset(["reportedly", "allegedly", "supposedly", "purportedly", "apparently", "ostensibly"])
PASSIVE: Final = word_set(
    """
    said thought believed understood reported alleged rumoured rumored expected feared known considered claimed
    estimated assumed presumed suspected deemed told accused quoted described urged ordered asked warned called
    blamed criticised criticized hoped held seen
    """
)
TO_PASSIVE: Final = word_set(
    """
    said thought believed understood reported alleged rumoured rumored expected known considered claimed
    estimated assumed presumed suspected deemed feared
    """
)
PREFIXES: Final = (  # phrases before the source
    ("according", "to"),
    ("in", "the", "words", "of"),
    ("in", "the", "view", "of"),
    ("in", "the", "opinion", "of"),
    ("in", "the", "eyes", "of"),
    ("in", "the", "judgment", "of"),
)
AUXILIARIES: Final = word_set(
    """
    has have had is are was were be been being do does did will would may might can could shall should must n't
    not never 's 've 'd 'll
    """
)


@cache
def verbs() -> dict[str, str]:
    """Lemma -> letters of the complements it takes."""
    table: dict[str, str] = {}
    for entry in _VERBS.split("|"):
        if entry.strip():
            lemma, letters = entry.split()
            table[lemma] = "".join(sorted(set(table.get(lemma, "") + letters)))
    return table


@cache
def forms() -> dict[str, tuple[str, frozenset[str]]]:
    """Word form -> (lemma, Penn tags it may have as a verb); inflections by LemmInflect's own tables."""
    from fronde.extract.tokens import ExtraMissing

    try:
        from lemminflect import getAllInflections
    except ImportError as error:
        raise ExtraMissing("lemminflect", "Reading a report") from error
    found: dict[str, tuple[str, set[str]]] = {}
    for lemma in verbs():
        head, _, tail = lemma.partition("_")
        for tag, spellings in getAllInflections(head, upos="VERB").items():
            for spelling in spellings:
                form = f"{spelling} {tail}" if tail else spelling
                found.setdefault(form, (lemma, set()))[1].add(tag)
    for form, lemma in (("ordered", "order"), ("hit out", "hit_out")):
        found.setdefault(form, (lemma, {"VBD"}))
    return {form: (lemma, frozenset(tags)) for form, (lemma, tags) in found.items()}
