-- What a coordinator has begun to write in a form about an inquiry: sealed under the patient's key, deleted when it is sent.

-- Version: of one draft it only grows, and no number comes back once the draft is gone.
CREATE TABLE Draft (
    Seq       INTEGER NOT NULL PRIMARY KEY,
    UserId    BLOB NOT NULL,
    InquiryId BLOB NOT NULL,
    Form      TEXT NOT NULL,
    Sealed    BLOB NOT NULL,
    At        TEXT NOT NULL,
    Version   INTEGER NOT NULL
);
CREATE UNIQUE INDEX UX_Draft_Form ON Draft (InquiryId, UserId, Form);
