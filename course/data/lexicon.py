"""The words and phrases from which the shipped corpus is made.

Everything here is invented for the course: a debate that never was, its candidates, its viewers.
A bank is a tuple of entries, the likelier ones first. Braces name another bank of the grammar in
`grammar.py`; square brackets hold alternatives.
"""


def _lines(block: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in block.strip().splitlines())


def _items(block: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in block.replace("\n", " ").split(",") if item.strip())


# --- who and what --------------------------------------------------------------------------------

CANDIDATES = _items("""
    Harlan Voss, Edith Marlow, Tobias Renn, Cora Whitlock, Amos Delgado,
    Nell Farrow, Gideon Pryce, Ruth Castellan, Silas Norwood, Ivy Thornbury
""")

ROLES = _items("""
    the senator, the governor, the doctor, the businessman, the newcomer, the front-runner,
    the former mayor, the congresswoman, the rancher, the professor, the surgeon, the veteran,
    the lawyer, the underdog, the blue tie, the gray suit,
    the leftmost one, the rightmost one, the tall one, the quiet one, the youngest, the oldest,
    the librarian, the farmer, the astronaut, the preacher, the coach, the retired judge
""")

STATES = _items("""
    Ohio, Florida, Texas, Wisconsin, Kentucky, Arkansas, New Jersey, Iowa, Nevada, Maine, Oregon,
    Vermont, Montana, Georgia, Michigan, Nebraska, Utah, Kansas, Virginia, Delaware, Idaho, Alaska,
    Hawaii, Maryland, Missouri, Indiana, Colorado, Minnesota, Louisiana, Tennessee, Oklahoma,
    Wyoming, Alabama, Arizona, Connecticut, Illinois, Massachusetts, Mississippi, New Mexico,
    North Dakota, Pennsylvania, Rhode Island, South Carolina, Washington
""")

CITIES = _items("""
    Cleveland, Toledo, Boise, Tulsa, Omaha, Reno, Spokane, Duluth, Mobile, Fresno, Dayton, Akron,
    Savannah, Tucson, El Paso, Des Moines, Madison, Lansing, Buffalo, Albany, Hartford, Providence,
    Portland, Eugene, Tacoma, Laredo, Lubbock, Amarillo, Wichita, Topeka, Lincoln, Fargo, Billings,
    Cheyenne, Boulder, Pueblo, Santa Fe, Flagstaff, Mesa, Oakland, Stockton, Modesto, Bakersfield,
    Anaheim, Galveston, Biloxi, Macon, Durham, Raleigh, Roanoke, Norfolk, Erie, Scranton, Trenton,
    Fairbanks, Juneau, Honolulu, Missoula, Bozeman, Bismarck, Sioux Falls, Dubuque, Kalamazoo,
    Chattanooga, Asheville, Charleston, Tallahassee, Pensacola, Baton Rouge, Corpus Christi,
    Newark, Peoria, Rockford, Gary, Muncie, Louisville, Knoxville, Memphis, Little Rock, Shreveport
""")

SHOW = _items("""
    the debate, the whole evening, the format, the broadcast, the second hour, the first hour,
    the audience part, the rebuttal round, the opening round, the closing round, the live stream,
    the lightning round, the town hall part, the coverage, the post-debate show, the warm-up,
    the panel afterwards, the undercard debate, the early debate, the rerun, the finale
""")

MODERATORS = _items("""
    the moderators, the hosts, the two anchors, the panel, the network, the producers, Channel Nine,
    the fact checkers, the interviewers, the questioners
""")

TOPICS_BY_SUBJECT = {
    "Jobs and Economy": _items("""
        taxes, jobs, wages, the tax code, small business, trade, the deficit, the budget,
        the minimum wage, student loans, pensions, energy, gas prices, farm prices, factory jobs,
        interest rates, the power grid, roads and bridges, housing, rent, broadband, the ports,
        the railroads, overtime pay, savings, inflation, tariffs, apprenticeships
    """),
    "Healthcare (including Medicare)": _items("""
        health care, Medicare, hospital bills, drug prices, rural clinics, nurses, mental health,
        insurance, premiums, vaccines, dental care
    """),
    "Foreign Policy": _items("""
        foreign policy, the treaty, defense, the navy, the embassy, foreign aid, our allies,
        sanctions, veterans, the budget of the army, trade with Canada, diplomacy
    """),
    "Immigration": _items("work visas, immigration, green cards, visa rules"),
    "None of the above": _items("""
        schools, climate, teachers, water, wildfires, drought, science, space, the national parks,
        libraries, the post office, highways, term limits, data privacy, campaign money, the census,
        early voting, robots, self-driving cars, school lunches, childcare, fishing rights, bees,
        public transit, earthquakes, hurricanes, fireworks, daylight saving time, the moon, Mars,
        cell phones, bicycle lanes, dairy farms, recycling, plastic bags, weather satellites
    """),
}

# --- polar words ---------------------------------------------------------------------------------

POSITIVE_ADJECTIVES = _items("""
    great, strong, brilliant, clear, honest, impressive, sharp, thoughtful, solid, smart, funny,
    inspiring, refreshing, calm, classy, confident, excellent, fantastic, amazing, sincere, fresh,
    convincing, gracious, decent, wonderful, superb, outstanding, warm, witty, lively, polished,
    sensible, humble, steady, wise, fair, bold, likable, engaging, delightful, first-rate, crisp,
    dignified, generous, graceful, heartfelt, hopeful, insightful, masterful, memorable, reassuring,
    remarkable, respectful, skillful, splendid, stellar, terrific, uplifting, well-prepared,
    awesome, believable, charming, cheerful, courageous, eloquent, exciting, fabulous, flawless
""")

NEGATIVE_ADJECTIVES = _items("""
    terrible, awful, boring, weak, ridiculous, embarrassing, dull, painful, rude, pathetic, fake,
    lazy, shallow, confusing, vague, smug, petty, angry, arrogant, useless, horrible, lame, sad,
    disappointing, clueless, dishonest, childish, tired, nasty, hollow, messy, sloppy, stale, bad,
    tedious, grumpy, evasive, unprepared, condescending, cringeworthy, dreadful, forgettable,
    frustrating, incoherent, insulting, irritating, laughable, lifeless, miserable, muddled,
    out of touch, phony, pointless, poor, reckless, repetitive, scripted, shameful, shaky, slow,
    smarmy, stiff, tasteless, tone-deaf, ugly, unbearable, uninspired, unpleasant, whiny, wooden,
    worthless, annoying, appalling, bitter, clumsy, depressing, disgraceful, disorganized, empty
""")

ANSWER_NOUNS = _items("""
    answer, reply, speech, plan, line, exchange, performance, argument, comment, question,
    explanation, story, moment, comeback, pitch, monologue, rebuttal, remark, proposal, joke,
    statement, summary, defense, response, riff
""")

INTENSIFIERS = _items("""
    so, really, very, pretty, just, truly, quite, totally, downright, incredibly, honestly,
    surprisingly, absolutely, completely, genuinely, utterly, deeply, extremely
""")

POSITIVE_PERSON = _lines("""
    [gave|had|found] a [straight|clear|real|proper] answer on {topic}
    [nailed|aced|crushed] the [question|bit|part] about {topic}
    [won me over|convinced me|earned my trust] on {topic}
    made [a lot of|perfect|total|good] sense on {topic}
    was {so} {pos} on {topic}
    sounded {pos} and {pos2} on {topic}
    [explained|untangled|laid out] {topic} in [plain English|simple words|one breath]
    [brought|had|knew] the [real numbers|hard facts|details] on {topic}
    kept [cool|calm] when [asked|pressed|quizzed] about {topic}
    was the [adult|grown-up|smartest one] [in the room|up there] on {topic}
    had the [best|sharpest|funniest] {noun} of the [night|evening] about {topic}
    spoke [from the heart|with passion|with conviction] about {topic}
    [earned|gained|deserves] my respect on {topic}
    [lifted|charmed|energized] the [room|crowd|hall] with that story about {topic}
    showed [class|courage|backbone|heart] on {topic}
    had [the crowd|us all|my {relative}] cheering about {topic}
    [clearly|obviously|really] did the homework on {topic}
    made me [proud|smile|cheer|believe] when it came to {topic}
    handled {topic} with [grace|humor|style|ease]
    [stood tall|shone|sparkled|soared] on {topic}
    was a [joy|delight|treat] to [hear|watch] on {topic}
    impressed [even my {relative}|all of us|the skeptics] on {topic}
    gave the [clearest|best|smartest] [plan|pitch|case] for {topic}
    treated the others with [respect|kindness|courtesy] over {topic}
    came across as {pos} and {pos2} on {topic}
    [owned|ruled|lit up] the stage once {topic} came up
    offered [hope|solutions|a way forward] on {topic}
    got my vote with that [plan|promise|pledge] for {topic}
    deserved the [applause|cheers|ovation] for {topic}
    got {topic} [exactly|perfectly] right
""")

NEGATIVE_PERSON = _lines("""
    [dodged|ducked|avoided] the question about {topic}
    had [no|zero|not one] [answer|clue|idea] on {topic}
    made [no|zero|little] sense on {topic}
    was {so} {neg} on {topic}
    sounded {neg} and {neg2} on {topic}
    [rambled|droned|blabbered] [on and on|for ages|endlessly] about {topic}
    [lost|bored|scared] me on {topic}
    [yelled|screamed|shouted] instead of [talking|answering|thinking] about {topic}
    [changed the subject|ran away|hid] when asked about {topic}
    was an embarrassment on {topic}
    [read|recited|parroted] tired old slogans on {topic}
    [interrupted|insulted|offended] [everybody|the others|the audience] on {topic}
    flip-flopped [again|twice|as usual] on {topic}
    talked down to [us|voters|{place}] about {topic}
    [forgot|botched|invented] the numbers on {topic}
    blamed [everyone else|the others|the media] for {topic}
    put [the room|the crowd|my {relative}] to sleep with {topic}
    wasted [two minutes|our time|everyone's time] on {topic}
    [bungled|flunked|butchered] the question on {topic}
    failed to [name|offer|find] one fix for {topic}
    looked [lost|confused|scared|foolish] when {topic} came up
    picked a [silly|stupid|pointless] fight over {topic}
    [kept whining|whined|complained] about {topic}
    has learned nothing about {topic}
    [mangled|twisted|ignored] the facts about {topic}
    sounded like a [robot|broken record|used car salesman] on {topic}
    came across as {neg} and {neg2} on {topic}
    gave a {neg} [excuse|non-answer|lecture] on {topic}
    had nothing but [insults|excuses|slogans] on {topic}
    [stumbled|choked|crashed] [badly|again|completely] on {topic}
    got {topic} [completely|totally] wrong
    [lied|fibbed|bluffed] about {topic}
    won't be getting my vote after {topic}
""")

NEUTRAL_PERSON = _lines("""
    [talked|spoke|was asked] about {topic}
    took a [question|call|card] on {topic}
    mentioned {topic} {few} times
    [spoke for|had|used] {few} minutes on {topic}
    [cited|quoted|held up] a [report|study|survey] on {topic}
    [moved|went|switched] from {topic} to {topic2}
    compared {topic} with {topic2}
    [stood|sits|is] next to the candidate from {state}
    [released|posted|published] a statement on {topic}
    voted on {topic} in [the last session|May|March|spring|committee]
    [repeated|restated|outlined] the position on {topic}
    asked for {few} more [seconds|minutes] on {topic}
    will [visit|tour|be in] {city} and {city2} this week
    [brought up|returned to|turned to] {topic} after the break
    quoted a letter from {city} about {topic}
    named {state} and {state2} as examples on {topic}
    [lives|works|grew up] in {city}, {state}
    is at the podium [next|now|first], subject {topic}
""")

POSITIVE_SHOW = _lines("""
    kept [me|us|my {relative}] on the edge of the [seat|sofa|couch] during {topic}
    flew by [tonight|for once|thanks to {person}]
    was [worth staying up for|worth every minute|a treat|a gem]
    turned out {so} {pos} and {pos2}
    was [more fun|far better] than {pastime} on {weekday}
    restored [my faith|some hope|our trust] in {topic}
    was {so} {pos} from [start to finish|first to last|beginning to end]
    gave [every voice|everybody|each of them] a [chance|fair shot] on {topic}
    had [my {relative}|the neighbors|all of us] clapping over {topic}
    was a [pleasure|joy|delight] to watch with {food}
    put [real|good|fair] questions about {topic} on the table
    was the best [hour|thing] on television this {season}
    made me want to [volunteer|vote|cheer] in {city}
""")

NEGATIVE_SHOW = _lines("""
    was a waste of a [good|perfectly fine|whole] {weekday}
    dragged on [for ever|and on|like {pastime}] during {topic}
    put [my {relative}|the neighbors|all of us] to sleep over {topic}
    turned into a [shouting match|food fight|screaming contest] about {topic}
    was {so} {neg} from [start to finish|first to last|beginning to end]
    gave [me|us|my {relative}] a headache over {topic}
    felt like a bad episode of a {pastime} show
    had the depth of a [puddle|saucer|teaspoon] on {topic}
    was worse than {pastime} on {weekday}
    [left out|ignored|forgot] {topic} [entirely|completely], shame on them
    was a circus without the {animal}
    told [me|us|voters] nothing about {topic}
    made me lose [hope|faith|patience] for {topic}
    was as useful as a chocolate {object}
    made me want to [cry|scream|emigrate] in {city}
    was a [mess|farce|disaster|train wreck] on {topic}
""")

POSITIVE_MODERATORS = _lines("""
    asked {so} {pos} [questions|things] on {topic}
    kept [things|it|everything] [fair|civil|moving] on {topic}
    did a {pos} and {pos2} job on {topic}
    [did|know] their homework on {topic}
    pressed [everyone|them all|each one] [equally|politely] on {topic}
    deserve a [raise|medal|bonus] for the {topic} [round|part]
    were {so} {pos} [tonight|all evening|on {topic}]
    let [them|people|{person}] finish on {topic}, thank you
    kept [the peace|order|their cool] when {topic} came up
""")

NEGATIVE_MODERATORS = _lines("""
    asked {so} {neg} [questions|things] on {topic}
    lost [control|the plot|their way] over {topic}
    did a {neg} and {neg2} job on {topic}
    let {person} [talk over|bully|drown out] everyone
    skipped {topic} [completely|again|on purpose], unbelievable
    [clearly|obviously|really] picked favorites on {topic}
    should be [ashamed|embarrassed] of the {topic} [round|part]
    were {so} {neg} [tonight|all evening|on {topic}]
    wasted [half an hour|ten minutes|our time] on {topic}
    treated {topic} like a [joke|game|sideshow]
    set [traps|ambushes] instead of asking about {topic}
    [cut off|talked over|mocked] {person} in the middle of {topic}
    couldn't keep [time|order|a straight face] on {topic}
""")

NEUTRAL_MODERATORS = _lines("""
    [moved on|turned|switched] to {topic}
    asked [about|for] {topic} next
    took {few} questions from [{city}|{state}|{place}]
    read a [question|letter|note] sent in from {city}
    gave each side {few} minutes on {topic}
    are on a break until {clock}
    announced {topic} as the [last|next|second|third] subject
    [posted|printed|handed out] the list of questions on {topic}
    [switched|moved|went] from {topic} to {topic2}
""")

# --- whole sentences -----------------------------------------------------------------------------

POSITIVE_SENTENCES = _lines("""
    [loved|adored|enjoyed] [the part about|every word on|that bit on] {topic}
    so [proud of|happy with|grateful for] {person} [tonight|on {topic}]
    {person} for the win on {topic}
    give {person} [an award|a medal|a raise] for that {noun} on {topic}
    not a [dull|wasted|boring] minute when {person} [talks|speaks] about {topic}
    [finally|at last] [somebody|someone|a candidate] who [gets|understands] {topic}
    what a {pos} {noun} on {topic}
    {person} and that {pos} {noun} on {topic}, [wow|bravo|yes]
    best {noun} [of the night|so far|tonight] goes to {person}
    I could [listen to|watch] {person} on {topic} all [night|week|day]
    sign me up for {person} and that {noun} on {topic}
    never heard {topic} explained so [well|clearly|nicely]
    hats off to {person} for that {pos} {noun}
    [smiling|grinning|beaming] after that {noun} on {topic}
    standing ovation [in our kitchen|in {city}|over here] for {person}
    my {relative} and I [agree|both think] {person} was {so} {pos}
    can't stop [replaying|quoting|sharing] that {pos} {noun} on {topic}
    thanks to {person} for [standing up for|defending|remembering] {topic}
    {person} just made {topic} [interesting|fun|clear], bravo
    came for the {food}, stayed for {person}, {so} {pos}
    nobody was [better prepared|clearer|kinder] on {topic} than {person}
    no [shouting|yelling], no insults, just {person} on {topic}, lovely
    didn't expect to like {person} but {pos} is the word
    that {noun} on {topic} gave me [goosebumps|chills|hope]
    good for {person}, a {pos} {noun} on {topic}
    yes [yes|please] to {person} on {topic}
""")

NEGATIVE_SENTENCES = _lines("""
    so [tired|sick|ashamed] of {person} and {topic}
    can't believe {person} [said|did|pulled] that [about|on] {topic}
    what a {neg} {noun} on {topic}
    {person} and that {neg} {noun} on {topic}, [yikes|ugh|wow]
    worst {noun} [of the night|so far|tonight] goes to {person}
    [turned it off|switched over|gave up] after {few} minutes of {person}
    my {animal} [could explain|knows|understands] {topic} better than {person}
    nobody [on that stage|up there|running] [understands|cares about] {topic}
    if I hear {topic} [one more time|again] I'm [moving|fleeing] to {city}
    who told {person} that was a good {noun}
    I want my {few} [hours|minutes] back after {person}
    {person} should [stick to|go back to|try] {pastime}
    [please|somebody] make {person} stop [talking|lying|shouting] about {topic}
    where did {topic} go? [nowhere|missing|forgotten], that's where
    not a [word|thought|peep] on {topic}, shame
    [seen|heard] better plans for {topic} on a {object}
    [shouting|yelling|bragging] is not a plan for {topic}
    that {noun} on {topic} was an insult to {place}
    my {relative} left the room when {person} [started on|got to] {topic}
    [ashamed|sad|sorry] that {state} sent us {person}
    {person} [should|must] stop [lying|yelling|whining] about {topic}
    {person} lost my vote and my {relative}'s over {topic}
    I [weep|fear|worry] for {topic}
    fell asleep during {topic}, woke up to {person} [yelling|whining|bragging]
    disgusted by {person} on {topic}
    that {neg} [smirk|look|grin] when {topic} came up
    not one {pos} {noun} [all night|on {topic}|so far]
    never once did {person} [sound|look|seem] {pos}
    {few} candidates and not a single {pos} {noun} on {topic}
    {person} isn't {pos}, just [loud|angry|mean]
    even the {food} made more sense than {person}
    nothing {pos} about {person} [tonight|on {topic}]
""")

# Praise that means the opposite: the words are those of the other class.
SARCASM = _lines("""
    oh great, {few} more minutes of {person} on {topic}
    wow, what a [brilliant|great|smart] plan, [solve|fix] {topic} with {food}
    {person} on {topic}, thanks for nothing
    sure, {food} will [fix|solve|save] {topic}. [smart|genius|brilliant]
    another [amazing|great|strong] {noun} that says nothing about {topic}
    love how {person} never answers on {topic}. just love it
    fantastic, my {object} has better ideas on {topic}
    yeah right, {person} is [an expert|so smart] on {topic} now
    how inspiring, {person} read that off a {object}
    congratulations to {person}, now I understand {topic} even less
    so honest, so {pos}, so full of it on {topic}
    {person} is real [classy|smart|brave] on {topic}. real [classy|smart|brave]
""")

NEUTRAL_SENTENCES = _lines("""
    watching the {topic} [round|part] with {company} in {city}
    what did {person} [say|mean|propose] [about|on] {topic}?
    who [won|led|answered first on] the round on {topic}?
    [full transcript|audio|full text] of the part on {topic}
    {few} candidates, {few2} questions on {topic}
    debate [starts|resumes|airs] at {clock} in {city}
    live blog of the {topic} round from {city}
    next debate [is on|moves to] {weekday} in {city}
    poll: {topic} or {topic2}, the top issue in {state}?
    listening to {person} on {topic} while {activity}
    anyone else {activity} [during|through] {topic}?
    [one sip|a sip|a glass] of {drink} for every {topic}
    {person} and {person2} are both [from|in] {state}
    how many times [did we hear|was there] {topic}? counting {few} so far
    photo of the stage in {city} before the doors opened
    our class in {city} [counts|maps|plots] the words on {topic}
    here is what [each of them|all ten|{person}] said about {topic}
    does anyone have the [clip|video|audio] of {person} on {topic}?
    chart of speaking time: {person} {few} minutes, {person2} {few2}
    recap of [the night|{topic}|{person}] in {few} charts
    the panel in {city} [meets|votes|returns] at {clock}
    reading the notes on {topic} with {drink}
    bingo card so far: {topic}, {topic2} and a {animal}
    my {relative} asks what {person} does for a living
    open thread on {topic}, what did you hear in {city}?
    was that {person} or {person2} on {topic}?
    video: {few} minutes of {person} on {topic}
    some liked the {noun} on {topic}, some did not
    mixed night for {person}: one {pos} {noun}, one {neg} {noun}
    replay [is on|airs on] Channel Nine at {clock}
    [map|list|table] of {few} [counties|districts|towns] and {topic} in {state}
""")

# Remarks on which annotators disagree: the label is drawn for each row.
AMBIGUOUS = _lines("""
    so {person} [wants to talk|is talking|goes on] about {topic} again
    {few} minutes on {topic} and {few2} on {topic2}
    did {person} just [say|put] {food} and {topic} in one sentence?
    {person} really went there on {topic}
    well, that was {person} on {topic}
    I wonder what {place} think of {person} now
    [imagine|picture] {person} running {state}
    {person} versus {person2} on {topic}, who saw that coming
    not sure what {person} meant [about|by] {topic}
    [they are|we are|{person} is] still talking about {topic}
    {person} has [a lot|things|more] to say about {topic}
    my {relative} has opinions about {person} and {topic}
    somebody [tell|remind|ask] {person} about {state}
    only {person} would bring a {object} to a question on {topic}
    [of course|naturally|as expected] {person} brought up {topic}
    nobody asked {person} about {topic} yet
    and there it is, {topic}, from {person}
    {person} talks about {topic} like my {relative} talks about {pastime}
    just heard {person} on {topic}. [hmm|huh|okay then]
    one {noun} on {topic} and my {relative} is pacing the room
    so now it's {topic} [instead of|after|before] {topic2}?
    {person} just looked at {person2} like a {animal} at a {object}
    guess [we are|they are|{person} is] doing {topic} tonight
""")

# A second breath after a polar sentence.
POSITIVE_TAILS = _lines("""
    so {pos}
    {so} {pos}
    {pos} and {pos2}
    what a {pos} {noun}
    [loved|enjoyed|admired] it
    [more|lots more] of that please
    my {relative} cheered
    well done
    thank you
    made my {weekday}
    a {pos} night for {place}
    {city} is [proud|happy|smiling]
    best {noun} so far
    big smile from my {relative}
""")

NEGATIVE_TAILS = _lines("""
    so {neg}
    {so} {neg}
    {neg} and {neg2}
    what a {neg} {noun}
    [hated|loathed|regret] it
    [no more|enough] of that please
    my {relative} groaned
    no thanks
    shame on you
    ruined my {weekday}
    a {neg} night for {place}
    {city} is [sad|angry|embarrassed]
    worst {noun} so far
    even my {animal} left
    what a mess
    not voting for that
""")

# --- turns ---------------------------------------------------------------------------------------

# Between two clauses of opposite sentiment; the second one wins.
TURNS = _items("""
    but then, but, but in the end, and then, until suddenly, but after the break, yet somehow,
    but by the end, however later, but an hour later, and yet, but when it counted, then suddenly
""")

# Between two clauses of the same sentiment.
CONTINUATIONS = _items("""
    and, and then, and also, plus, and in the end, and after the break, and an hour later, then,
    and by the end, and when it counted
""")

TURN_OPENINGS = _items("""
    honestly, okay, folks, well, my take, tonight, recap, so, for the record, funny, quick review,
    short version, hm
""")

# --- colour --------------------------------------------------------------------------------------

RELATIVES = _items("""
    mom, dad, grandma, wife, husband, sister, brother, neighbor, roommate, uncle, aunt, boss,
    cousin, grandpa, daughter, son, niece, nephew, barber, dentist, teacher, landlord, plumber,
    mailman, babysitter, coach, godmother, stepdad, fiancé, mother-in-law, coworker, therapist
""")

ANIMALS = _items("""
    dog, cat, goldfish, hamster, parrot, goat, llama, turtle, rooster, elephant, raccoon, pigeon,
    otter, walrus, peacock, gecko, tortoise, badger, canary, pony, weasel, koala, sloth, camel,
    squirrel, donkey, penguin, lobster, hedgehog, chicken, mule, ferret, moose, beagle, poodle
""")

FOODS = _items("""
    pizza, popcorn, nachos, tacos, cookies, leftover lasagna, pretzels, soup, pancakes, meatloaf,
    guacamole, cereal, ice cream, peanut butter, cornbread, chili, brownies, noodles, waffles,
    pot roast, fish sticks, bagels, burritos, coleslaw, doughnuts, enchiladas, fudge, gumbo,
    jambalaya, kebabs, meatballs, omelets, pierogi, quiche, ravioli, salsa, sushi, tofu, yogurt,
    pickles, dumplings, hummus, oatmeal, potato salad, blueberry pie, grilled cheese, ramen, toast
""")

DRINKS = _items("""
    coffee, iced tea, lemonade, root beer, cocoa, cider, ginger ale, water, milk, seltzer,
    green tea, orange juice, tomato juice
""")

OBJECTS = _items("""
    toaster, napkin, teapot, cereal box, cocktail umbrella, mailbox, stapler, lawn mower, doorknob,
    calculator, blender, sandwich board, ladder, lampshade, kettle, bumper sticker, typewriter,
    accordion, bathtub, birdcage, broomstick, candle, corkscrew, flashlight, harmonica, hammock,
    keychain, magnet, mousetrap, paperclip, pillow, saxophone, screwdriver, shoelace, thermos,
    fortune cookie, coffee filter, shopping list, snow globe, tambourine, wheelbarrow, cushion
""")

PASTIMES = _items("""
    bowling, golf, gardening, fishing, knitting, karaoke, bingo, curling, crossword, baking,
    wrestling, poker, chess, spelling bee, figure skating, dog grooming, antiques, weather,
    badminton, canoeing, croquet, darts, dominoes, fencing, hopscotch, kayaking, marbles, origami,
    pottery, quilting, skiing, surfing, taxidermy, ventriloquism, whittling, yodeling, zumba,
    home improvement, ballroom dancing, archery, juggling, ping pong
""")

SEASONS = _items("summer, year, month, season, decade, week")
WEEKDAYS = _items("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday")
CLOCKS = _items("8pm, 9pm, nine, eight, 7:30, 10pm, noon, midnight, 6 sharp, half past eight")
FEW = _items("""
    two, three, five, ten, four, six, seven, eight, 20, 15, 12, 30, 90, 45, nine, eleven, 17, 40,
    twenty, thirty, 100, sixty, fourteen, 25, 50
""")

COMPANY = _items("""
    friends, my book club, the neighbors, my class, coworkers, the whole family, my roommates,
    strangers at the airport, three cats, the night shift, my bowling team, the choir, my in-laws,
    the chess club, a room full of nurses, other farmers, my study group, the volunteers
""")

ACTIVITIES = _items("""
    folding laundry, doing the dishes, grading papers, cooking dinner, walking the dog, knitting,
    driving home, packing for camp, ironing shirts, painting the fence, feeding the baby,
    waiting for the bus, fixing a bike, sorting receipts, peeling potatoes, watering tomatoes,
    stuck at the airport, working the night shift, doing taxes, cleaning the garage,
    assembling a bookshelf, studying for finals, baking bread, polishing shoes, mending socks,
    building a birdhouse, rocking the baby, brushing the cat, shelling peas, writing thank-you notes
""")

PLACES = _items("""
    farmers, teachers, the night shift, the middle class, working families, veterans, nurses,
    commuters, my hometown, rural towns, retirees, truckers, students, shopkeepers, carpenters,
    my whole street, the folks back home, firefighters, librarians, electricians, waitresses,
    accountants, architects, barbers, beekeepers, bricklayers, butchers, cashiers, chemists,
    dentists, florists, gardeners, janitors, jewelers, locksmiths, midwives, musicians, painters,
    paramedics, pilots, plumbers, potters, sailors, surveyors, tailors, translators, weavers,
    mechanics, fishermen, bakers, welders, pharmacists
""")

ASIDES = _lines("""
    from a couch in {city}
    said my {relative}
    at least here in {city}
    over {food} and {drink}
    and I say that as someone from {state}
    in my humble opinion
    while {activity}
    watching with {company}
    and my {animal} agrees
    just my two cents
    if you ask {company}
    as seen from {city}
    ask any of the {place}
    between bites of {food}
    before the {pastime} came on
    says the {animal}
    and it's only {weekday}
    while my {relative} made {food}
    greetings from {city}
    typed with {food} on my fingers
    twenty years in {city} and still
    no offense to {state}
    you heard it here first
    my {relative} and I both think so
    on a {weekday} of all days
    I live in {state}, I should know
    not that {place} care
    in the waiting room in {city}
    with the sound off
    at my {relative}'s house
""")

POSITIVE_OPENINGS = _items("""
    Wow, Yes, Bravo, Amen, Well done, Nice, Finally, Boom, Love it, Hooray, This, Respect,
    Hallelujah, Go go go, Applause, Yay
""")

NEGATIVE_OPENINGS = _items("""
    Ugh, Seriously, Wow, Sigh, Really, Yikes, Enough, Come on, Good grief, Nope, Oh please, Sorry,
    Unreal, Facepalm, Ouch, Boo, Disgusted, Please, Wrong, Shame
""")

NEUTRAL_OPENINGS = _items("""
    Update, Question, Live, Now, FYI, Watch, Reminder, Hey, Breaking, Tonight, Just in, Q&amp;A,
    Quick one, Reading, Here we go, Note, Listen, Schedule
""")

HASHTAGS = _items("""
    #GOPDebate, #GOPDebates, #DebateNight, #Debate, #politics, #tcot, #vote, #debatewithme,
    #election, #nofilter, #democracy, #askthemall, #popcorntime, #livetweet, #factcheck, #economy,
    #undecided, #swingstate, #ChannelNine, #couchpolitics, #civics101, #firstvote, #primary
""")

POSITIVE_HASHTAGS = _items("#winning, #impressed, #bravo, #respect, #proud, #classact, #hope")
NEGATIVE_HASHTAGS = _items("#fail, #smh, #facepalm, #joke, #embarrassing, #sad, #wakemeup, #nope")

HANDLE_FIRST = _items("""
    porch, maple, quiet, river, tallgrass, blue, cactus, lantern, pickle, button, thunder, velvet,
    copper, ginger, harbor, pixel, waffle, cedar, comet, dusty, mellow, nimble, paper, rusty,
    sunny, turnip, walnut, willow, zebra, biscuit, canyon, domino, echo, fiddle, gravel, hazel
""")

HANDLE_SECOND = _items("""
    owl, fern, radio, baker, otter, voter, notes, teapot, piano, sparrow, mom, dad, farmer, nurse,
    runner, reader, lemon, badger, kite, wagon, quilt, saddle, spoon, sailor, drummer, beacon,
    pebble, rocket, writer, gazette, walrus, planner, cobbler, tuba, marmot, sock
""")

TIME_ZONES = _items("""
    Eastern Time (US & Canada), Central Time (US & Canada), Pacific Time (US & Canada),
    Mountain Time (US & Canada), Quito, Arizona, Atlantic Time (Canada), London, Alaska, Hawaii
""")
