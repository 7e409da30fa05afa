using InquiryRouter.Application;
using InquiryRouter.Application.Clinics;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Tests.Support;
using static System.FormattableString;

namespace InquiryRouter.Tests.Clinics;

/// <summary>A referral of clinic MX-1 as a use case loads it, and what it decided, in words.</summary>
internal static class Cases
{
    public static readonly PatientVault Vault = new(MasterKey.Parse(Convert.ToBase64String(new byte[32]), "the test"));
    public static readonly MailWriter Mails = new(Support.Mails.Languages, Vault, Support.Mails.Links);
    public static readonly SealedPatient Patient = Vault.Seal(An.InquiryRecord().Id, An.Patient());
    public static readonly Actor Who = Actor.Clinic("MX-1");

    private static readonly Clinic s_clinic = A.Clinic("MX-1") with
    {
        Contacts = [new ContactPerson("Dr Ward", "medical", "ward@clinic.example")],
    };

    /// <summary>Open for two more days.</summary>
    public static ReferralCase Offered() => new()
    {
        Referral = An.Referral(),
        Inquiry = An.InquiryRecord() with { State = InquiryState.Referred },
        Patient = Patient,
        Others = [],
        Shares = true,
        Choice = null,
        Quotes = [],
        Notes = [],
        Forwards = [],
        Network = A.Network(s_clinic, A.Clinic("MX-2"), A.Clinic("MX-3")),
        Clinic = s_clinic,
        Policy = Policy.Shipped,
        Lapsed = false,
        Now = Moment.Now,
    };

    /// <summary>Since half an hour; the clinic sees who the patient is.</summary>
    public static ReferralCase Accepted() => Offered() with
    {
        Inquiry = An.InquiryRecord() with { State = InquiryState.Accepted },
        Referral = An.Referral() with
        {
            State = ReferralState.Accepted, AcceptedAt = Moment.Now.AddMinutes(-30), DisclosedAt = Moment.Now.AddMinutes(-30),
        },
    };

    /// <summary>On the summary: the patient has not decided.</summary>
    public static ReferralCase Quoted() => Offered() with { Referral = An.Referral() with { State = ReferralState.Quoted } };

    /// <summary>The same inquiry at another clinic.</summary>
    public static ReferralRecord Other(string clinic, ReferralState state, DateTimeOffset? acceptedAt = null) =>
        An.Referral() with { Id = ReferralId.New(), N = 2, ClinicCode = clinic, State = state, AcceptedAt = acceptedAt };

    /// <summary>A message between the coordinators and the clinic.</summary>
    public static NoteRecord Written(NoteAuthor author) => new()
    {
        Id = Guid.CreateVersion7(), InquiryId = An.InquiryRecord().Id, ReferralId = An.Referral().Id, Author = author, Kind = NoteKind.Message,
        At = Moment.Now, Sealed = NoteStore.Seal(Vault, Patient, "When can you see the patient?"),
    };

    /// <summary>What the patient asks this clinic.</summary>
    public static NoteRecord Asked() => Written(NoteAuthor.Patient) with { Kind = NoteKind.Asked };

    /// <summary>The steps, a line each, in their order. Moments are UTC.</summary>
    public static IReadOnlyList<string> Lines(this Decided<Outcome> decided) => [.. decided.Steps.OfType<Step>().Select(Line)];

    private static string Line(Step step) => step switch
    {
        MoveReferral s => $"{s.Referral.ClinicCode}: {s.Trigger}{(s.Discloses ? ", discloses" : null)}",
        EndReferral { Referral.ClinicCode: var clinic, Ending: var end } =>
            $"{clinic}: {end.Trigger} {end.Reason}{(end.FreesPlace ? ", frees its place" : null)}",
        MoveInquiry s => $"inquiry: {s.Move.Trigger} {HistoryText.Write(s.Move.Says).Detail} by {s.Move.Actor.Name}",
        WriteHistory s => $"history: {HistoryText.Write(s.Said).Action} {HistoryText.Write(s.Said).Detail} by {s.Who.Name}",
        CancelFollowUp s => $"cancel {s.Kind}",
        ReviveFollowUp s => $"{s.Kind} again at {s.DueAt.UtcDateTime:dd HH:mm}",
        ExtendOffer s => $"open until {s.Until.UtcDateTime:dd HH:mm}",
        SetFollowUp s => $"{s.Kind} at {s.DueAt.UtcDateTime:dd HH:mm}",
        SendMail s => $"mail {s.Mail.Kind}{(s.Link is null ? null : " with a link")}",
        AddNote s => $"note {s.Note.Kind}: {NoteStore.Open(Vault, Patient, s.Note)}",
        ReportTreatment { BookedOn: { } day } s => Invariant($"for {day:d MMMM yyyy}, {s.Amount} {s.Currency}"),
        ReportTreatment { TreatedOn: { } day } => Invariant($"treated on {day:d MMMM yyyy}"),
        TakePlaceAgain s => $"{s.Clinic.Code}: takes its place again",
        AddQuote s => $"quote {s.Quote.N}: {s.Quote.Total} {s.Quote.Currency}",
        AnnounceAnswered => "announce the answer",
        AnnounceHeld => "announce that it is held",
        _ => step.GetType().Name,
    };
}
