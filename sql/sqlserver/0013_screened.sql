-- What decides something is a state or a column, not the last line of a history: whether an inquiry is screened, whether its patient wants no
-- check-ins, and after which offer the policy's most are counted anew.

ALTER TABLE Inquiry ADD WantsNoCheckIns BIT NOT NULL CONSTRAINT DF_Inquiry_WantsNoCheckIns DEFAULT 0;
ALTER TABLE Inquiry ADD CountsOffersAfter INT NOT NULL CONSTRAINT DF_Inquiry_CountsOffersAfter DEFAULT 0;
GO

UPDATE Inquiry SET WantsNoCheckIns = 1 WHERE Id IN (SELECT InquiryId FROM AuditEntry WHERE Action = 'check-in' AND Detail = 'stop');

UPDATE Inquiry SET CountsOffersAfter = (
    SELECT COALESCE(MAX(CASE WHEN A.Detail LIKE 'more-offers-after %' THEN CAST(SUBSTRING(A.Detail, 19, 9) AS INT) ELSE 0 END), 0)
    FROM AuditEntry A WHERE A.InquiryId = Inquiry.Id AND A.Action = 'released')
WHERE Id IN (SELECT InquiryId FROM AuditEntry WHERE Action = 'released' AND Detail LIKE 'more-offers-after %');

UPDATE Inquiry SET State = 'Screened' WHERE State = 'Received' AND (
    SELECT A.Action FROM AuditEntry A WHERE A.InquiryId = Inquiry.Id AND A.Version = (
        SELECT MAX(B.Version) FROM AuditEntry B
        WHERE B.InquiryId = Inquiry.Id AND B.Action IN ('received', 'corrected', 'cleared', 'released', 'recalled'))) IN ('cleared', 'released', 'recalled');
