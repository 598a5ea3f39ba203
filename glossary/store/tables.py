"""The tables behind the public views, as the first migration lays them out.

Every stored fact belongs to a unit, which is a pair of documents that are translations of each other or a single
document. Deleting a unit deletes all that was found in it; what concepts say of themselves is recomputed from the rest.

Where people merged or split concepts, `home` is the concept_id that the build gave a row ('' if it lies there still).
"""

TABLES = """
create table document (
    id integer primary key,
    document_id text not null unique,
    name text not null,
    language text not null check (language in ('ja', 'en')),
    title text,
    publisher text,
    published text,
    path text not null,
    sha256 text not null,
    format text not null,
    encoding text not null,
    characters integer not null,
    text text not null,
    repairs text not null,
    furniture text not null,
    duplicate_of text,
    added text not null,
    unique (name, language)
);

create table unit (
    id integer primary key,
    name text not null,
    ja_document integer references document (id) on delete cascade,
    en_document integer references document (id) on delete cascade,
    method text,
    confidence real,
    reasons text,
    check (ja_document is not null or en_document is not null)
);
create unique index unit_documents on unit (ifnull(ja_document, 0), ifnull(en_document, 0));
create index unit_name on unit (name);
create index unit_ja on unit (ja_document);
create index unit_en on unit (en_document);

create table segment (
    unit integer not null references unit (id) on delete cascade,
    number integer not null,
    ja_start integer,
    ja_end integer,
    en_start integer,
    en_end integer,
    score real not null,
    primary key (unit, number)
) without rowid;

create table concept (
    id integer primary key,
    concept_id text not null unique,
    ja text,
    reading text,
    romaji text,
    en text,
    kind text not null,
    definition_ja text,
    definition_en text,
    definition_source text,
    subject text,
    part_of_speech text,
    usage_note text,
    status text not null default 'candidate' check (status in ('candidate', 'approved', 'rejected')),
    confidence real,
    origin text not null,
    occurrences integer not null default 0,
    documents integer not null default 0,
    first_seen text,
    last_seen text,
    collection text,
    created text not null,
    modified text not null,
    modified_by text not null,
    shown integer not null default 0
);
create index concept_occurrences on concept (occurrences) where shown = 1;
create index concept_kind on concept (kind);
create index concept_status on concept (status);
create index concept_ja on concept (ja);
create index concept_en on concept (en collate nocase);

create table alias (
    old_id text primary key,
    concept_id text not null
) without rowid;

create table correction (
    concept integer not null references concept (id) on delete cascade,
    language text not null check (language in ('ja', 'en')),
    old text not null,
    new text not null,
    primary key (concept, language, old)
) without rowid;

create table choice (
    concept integer not null references concept (id) on delete cascade,
    field text not null check (field in (
        'ja', 'en', 'reading', 'romaji', 'kind', 'definition_ja', 'definition_en', 'definition_source')),
    value text not null,
    primary key (concept, field)
) without rowid;

create table concept_in_unit (
    concept integer not null references concept (id) on delete cascade,
    unit integer not null references unit (id) on delete cascade,
    home text not null default '',
    kind text not null,
    origin text not null,
    definition_ja text,
    definition_en text,
    definition_source text,
    primary key (concept, unit, home)
) without rowid;
create index concept_in_unit_unit on concept_in_unit (unit);

create table term_in_unit (
    concept integer not null references concept (id) on delete cascade,
    unit integer not null references unit (id) on delete cascade,
    home text not null default '',
    language text not null,
    term text not null,
    reading text,
    romaji text,
    form text not null,
    source text,
    primary key (concept, unit, home, language, term)
) without rowid;
create index term_in_unit_unit on term_in_unit (unit);

create table term (
    id integer primary key,
    term_id text not null unique,
    concept integer not null references concept (id) on delete cascade,
    language text not null check (language in ('ja', 'en')),
    term text not null,
    reading text,
    romaji text,
    form text not null,
    status text not null,
    chosen_status text,
    chosen_reading text,
    chosen_romaji text,
    region text,
    valid_from text,
    valid_to text,
    occurrences integer not null default 0,
    source text,
    by_person integer not null default 0,
    unique (concept, language, term)
);
create index term_term on term (term);

create table pairing (
    id integer primary key,
    concept integer not null references concept (id) on delete cascade,
    unit integer not null references unit (id) on delete cascade,
    ja text not null,
    en text not null,
    score real not null,
    confidence real not null,
    kind text not null,
    kind_confidence real not null,
    reading text,
    romaji text,
    rejected integer not null default 0,
    home text not null default '',
    normalized text not null default '',
    unique (unit, ja, en)
);
create index pairing_concept on pairing (concept);
create index pairing_normalized on pairing (normalized);
create index pairing_home on pairing (home) where home <> '';
create index pairing_confidence on pairing (confidence);

create table reason (
    pairing integer not null references pairing (id) on delete cascade,
    number integer not null,
    kind text not null,
    weight real not null,
    detail text not null,
    source text,
    primary key (pairing, number)
) without rowid;

create table passage (
    id integer primary key,
    digest blob not null unique,
    ja text,
    en text
);

create table context (
    id integer primary key,
    concept integer not null references concept (id) on delete cascade,
    unit integer not null references unit (id) on delete cascade,
    pairing integer references pairing (id) on delete cascade,
    passage integer not null references passage (id),
    ja text,
    en text,
    ja_start integer,
    ja_end integer,
    en_start integer,
    en_end integer,
    ja_sentence_start integer,
    ja_sentence_end integer,
    en_sentence_start integer,
    en_sentence_end integer,
    ja_document integer references document (id) on delete cascade,
    en_document integer references document (id) on delete cascade,
    published text,
    rejected integer not null default 0,
    shown integer,
    home text not null default ''
);
create index context_concept on context (concept, shown);
create index context_unit on context (unit);
create index context_pairing on context (pairing);
create index context_passage on context (passage);
create index context_ja_document on context (ja_document);
create index context_en_document on context (en_document);

create table relation (
    id integer primary key,
    unit integer references unit (id) on delete cascade,
    concept integer not null references concept (id) on delete cascade,
    relation text not null check (relation in ('broader', 'part', 'short_for', 'competes_with', 'see')),
    other integer not null references concept (id) on delete cascade,
    reason text not null
);
create index relation_concept on relation (concept);
create index relation_other on relation (other);
create index relation_unit on relation (unit);

create table decision (
    decision_id text primary key,
    at text not null,
    actor text not null,
    action text not null,
    concept_id text,
    selector text,
    before text,
    after text,
    note text,
    state text not null
);
create index decision_concept on decision (concept_id);
create index decision_at on decision (at);

create table decision_key (
    key text not null,
    decision_id text not null references decision (decision_id) on delete cascade,
    primary key (key, decision_id)
) without rowid;

create table model_state (
    number integer primary key,
    state blob not null
);

create table build (
    build_id integer primary key,
    started text not null,
    finished text not null,
    command text not null,
    version text not null,
    counts text not null,
    lexicons text not null,
    state integer references model_state (number)
);

create table settings (
    key text primary key,
    value text
) without rowid;

create table calibration (
    score real primary key,
    confidence real not null
);

create table search_forms (
    concept integer primary key references concept (id),
    forms text not null
);

create table search_key (
    key text not null,
    concept integer not null references concept (id) on delete cascade,
    primary key (key, concept)
) without rowid;
create index search_key_concept on search_key (concept);

create virtual table term_search using fts5 (
    grams, content = '', tokenize = "unicode61 remove_diacritics 2"
);

create virtual table context_search using fts5 (
    ja, en, content = 'passage', content_rowid = 'id', tokenize = 'trigram'
);
create trigger passage_added after insert on passage begin
    insert into context_search (rowid, ja, en) values (new.id, new.ja, new.en);
end;
create trigger passage_deleted after delete on passage begin
    insert into context_search (context_search, rowid, ja, en) values ('delete', old.id, old.ja, old.en);
end;
"""

REVIEW_AND_TRAINING = """
create index concept_status_confidence on concept (status, confidence) where shown = 1;
create index concept_status_kind on concept (status, kind, confidence) where shown = 1;
create index concept_status_created on concept (status, created) where shown = 1;

create table trained_model (
    number integer primary key,
    at text not null,
    signature text not null,
    digest text not null,
    weights blob not null
);
"""
"""The second migration: what a review asks for in order, and weights fitted on a glossary's own decisions."""

PRIVATE_TABLES = (
    "alias", "build", "choice", "concept", "concept_in_unit", "context", "correction", "decision", "decision_key",
    "document", "model_state", "pairing", "passage", "reason", "relation", "search_forms", "search_key", "segment",
    "tally", "term", "term_in_unit", "trained_model", "unit",
)  # fmt: skip
"""What a browser of the database may hide: the tables that the public views read."""
