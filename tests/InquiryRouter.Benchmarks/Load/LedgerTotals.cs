using InquiryRouter.Benchmarks.Report;

namespace InquiryRouter.Benchmarks.Load;

/// <summary>A ledger summed up.</summary>
/// <param name="Accepted">Answered with 202 and a reference.</param>
/// <param name="Completed">Accepted, acknowledged to the patient and referred to a clinic.</param>
/// <param name="WithoutAcknowledgement">Accepted, and no mail to the patient came.</param>
/// <param name="WithoutReferral">Accepted, and no mail to a clinic came.</param>
/// <param name="MailedWithoutAnswer">Mail came for a post whose 202 never did: the server took it, the client could not know.</param>
/// <param name="PatientExtras">Further mails to a patient, with a Message-ID of their own.</param>
/// <param name="ReferralExtras">Further mails to clinics for the same inquiry, with a Message-ID of their own.</param>
/// <param name="Unreadable">Mails to a clinic in which no reference was found.</param>
/// <param name="Strays">Mails that belong to no inquiry of this scenario.</param>
/// <param name="Submit">From submit to the 202.</param>
/// <param name="Referral">From submit to the first referral mail.</param>
internal sealed record LedgerTotals(
    int Accepted,
    int Completed,
    int WithoutAcknowledgement,
    int WithoutReferral,
    int MailedWithoutAnswer,
    int PatientExtras,
    int ReferralExtras,
    int Unreadable,
    int Strays,
    Latency Submit,
    Latency Referral);
