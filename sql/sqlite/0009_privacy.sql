-- What erasure and the patient's own copy ask for by inquiry: its mails, its links, what has ended, what was erased lately.

CREATE INDEX IX_Mail_Inquiry ON Mail (InquiryId, Seq);
CREATE INDEX IX_AccessLink_Subject ON AccessLink (SubjectId);
CREATE INDEX IX_Inquiry_Ended ON Inquiry (ChangedAt) WHERE State IN ('Closed', 'Quarantined');
CREATE INDEX IX_Inquiry_Erased ON Inquiry (ChangedAt) WHERE State = 'Erased';
