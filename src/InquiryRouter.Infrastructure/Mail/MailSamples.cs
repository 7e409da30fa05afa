using System.Security.Cryptography;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Brands;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Infrastructure.Mail;

/// <summary>Every kind of mail in every language, written by <see cref="MailWriter"/> about an invented inquiry: for looking at, and for the check at the start.</summary>
public sealed class MailSamples
{
    private const string Token = "sample-token-that-opens-nothing";
    private static readonly DateTimeOffset s_now = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid s_id = new("018f3a52-7c1d-7a2b-9c3d-4e5f60718293");
    private static readonly InquiryId s_inquiry = new(s_id);
    private static readonly ReferralId s_referral = new(s_id);

    private readonly LanguageSet _languages;
    private readonly PatientVault _vault = new(MasterKey.Parse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKey.Length)), "The sample"));
    private readonly MailWriter _writer;
    private readonly MailWriter _withoutCoordinators;
    private readonly MailWriter _withNobody;
    private readonly SealedPatient _patient;

    /// <param name="languages">What they are written in.</param>
    /// <param name="links">Where they lead.</param>
    /// <param name="facts">What is known of treatments.</param>
    /// <param name="brand">Who writes; null: nobody has said.</param>
    public MailSamples(LanguageSet languages, MailLinks links, TreatmentFacts facts, Brand? brand = null)
    {
        _languages = languages;
        _writer = new MailWriter(
            languages, _vault, links.CoordinatorAddress is null ? links.With("coordinators@operator.example") : links, facts: facts, brand: brand);
        _withoutCoordinators = new MailWriter(languages, _vault, links.With(null), facts: facts, brand: brand);
        _withNobody = new MailWriter(languages, _vault, links.With(null), () => false, facts: facts, brand: brand);
        _patient = _vault.Seal(s_inquiry, new PatientData
        {
            Name = "Ana Example", Email = "ana@patient.example", Phone = null, InquirerName = null, InquirerEmail = null, Message = null, StatusToken = Token,
        });
    }

    /// <summary>The kind as it reads in a language, in each of its variants; the first is the usual one. Coordinators read English.</summary>
    public IReadOnlyList<MailContent> Of(MailKind kind, Words words) =>
    [
        .. Written(_writer, kind, words),

        // And as it reads where no coordinator can be reached.
        .. MailKinds.Audience(kind) == MailAudience.Patient
            ? Written(_withNobody, kind, words)
                .ExceptBy(Written(_writer, kind, words).Select(m => m.Text), m => m.Text, StringComparer.Ordinal)
                .DistinctBy(m => m.Text, StringComparer.Ordinal)
            : [],
    ];

    /// <summary>Compiles every template and writes every kind in every language.</summary>
    /// <exception cref="InvalidOperationException">A template or a sentence is wrong: it names the kind and the language.</exception>
    public void Check()
    {
        foreach (var kind in Enum.GetValues<MailKind>())
        {
            foreach (var words in _languages.All)
            {
                try
                {
                    Of(kind, words);
                }
                catch (Exception exception)
                {
                    throw new InvalidOperationException($"The mail {kind} cannot be written in {words.Code}: {exception.GetBaseException().Message}", exception);
                }
            }
        }
    }

    private IEnumerable<MailContent> Written(MailWriter writer, MailKind kind, Words words) =>
        Write(writer, kind, Inquiry(words), Clinic(words))
            .Select(mail => _writer.Open(new SealedMail { WrappedKey = mail.OwnKey?.Bytes ?? _patient.WrappedKey, Sealed = mail.Sealed }));

    private IEnumerable<NewMail> Write(MailWriter writer, MailKind kind, InquiryRecord inquiry, Clinic clinic) => kind switch
    {
        MailKind.Acknowledgement => [writer.Acknowledgement(inquiry, _patient, held: false, urgent: false)],
        MailKind.AcknowledgementHeld =>
        [
            writer.Acknowledgement(inquiry, _patient, held: true, urgent: false),
            writer.Acknowledgement(inquiry, _patient, held: true, urgent: true),
            writer.Acknowledgement(inquiry with { Facts = inquiry.Facts with { ConditionType = "drug-induced" } }, _patient, held: true, urgent: false),
            writer.Acknowledgement(inquiry, _patient, held: true, urgent: false, asksConsent: true),
        ],
        MailKind.ReferralOffer => [writer.ReferralOffer(inquiry, _patient, s_referral, clinic, s_now, Token)],
        MailKind.ClinicAccepted => [writer.ClinicAccepted(inquiry, _patient, Referral, clinic), writer.ClinicAccepted(inquiry, _patient, Referral, clinic, identityShown: false)],
        MailKind.CoordinatorAlert =>
        [
            writer.UrgentAlert(inquiry, _patient, s_id, owner: null)[0].Mail, writer.EmergencyAlert(inquiry, _patient, s_id)[0].Mail,
            writer.StandstillAlert(inquiry, _patient, s_id)!, writer.PatientUnreachable(inquiry, _patient, s_id)!,
            writer.ClinicAnswered(inquiry, _patient, s_id)!, writer.PatientAnswered(inquiry, _patient, s_id)!,
            .. Enum.GetValues<MailKind>().Select(untold => writer.PatientNotTold(untold, inquiry, _patient, s_id)).OfType<NewMail>(),
        ],
        MailKind.OfferWithdrawn => [writer.OfferWithdrawn(inquiry, _patient, s_referral, clinic)],
        MailKind.OfferPlaced => [writer.OfferPlaced(inquiry, _patient, s_referral, clinic)],
        MailKind.RecallNotice => [writer.RecallNotice(inquiry, _patient, s_referral, clinic.Code, Gate.Accreditation)!],
        MailKind.AcceptedLapse => [writer.AcceptedLapse(inquiry, _patient, s_id, clinic.Code, Gate.Accreditation)!],
        MailKind.CheckInAnswered =>
        [
            writer.CheckInAnswered(inquiry, _patient, s_id, CheckInAnswer.NoContact, [clinic.Code])!, writer.CheckInAnswered(inquiry, _patient, s_id, CheckInAnswer.Stop, [clinic.Code])!,
        ],
        MailKind.AskPatient => [writer.AskPatient(inquiry, _patient, s_id), _withoutCoordinators.AskPatient(inquiry, _patient, s_id)],
        MailKind.NoClinicFits =>
        [
            writer.NoClinicFits(inquiry, _patient, [new Relaxation("destination", 4)]),
            writer.NoClinicFits(inquiry, _patient, [new Relaxation("language", 4)]),
            writer.NoClinicFits(inquiry, _patient, [new Relaxation("budget", 4)]),
            writer.NoClinicFits(inquiry, _patient, []),
        ],
        MailKind.OfferReminder => [writer.OfferReminder(inquiry, _patient, s_referral, clinic, s_now, Token)],
        MailKind.OfferResumed => [writer.OfferResumed(inquiry, _patient, s_referral, clinic, s_now, Token)],
        MailKind.OfferExpired => [writer.OfferExpired(inquiry, _patient, s_referral, clinic, s_now)],
        MailKind.AcceptanceConfirmed =>
        [
            writer.AcceptanceConfirmed(inquiry, _patient, Referral with { DisclosedAt = s_now }, clinic, Token),
            writer.AcceptanceConfirmed(inquiry, _patient, Referral, clinic, Token),
        ],
        MailKind.MovedOn => [writer.MovedOn(inquiry, _patient, 3, s_now)],
        MailKind.GivenBack => [writer.GivenBack(inquiry, _patient, s_referral, clinic)],
        MailKind.AcceptanceUndone => [writer.AcceptanceUndone(inquiry, _patient, Referral, clinic)],
        MailKind.QuoteReceived => [writer.QuoteReceived(inquiry, _patient, s_id, s_referral, clinic)],
        MailKind.NeedsInformation => [writer.NeedsInformation(inquiry, _patient, s_id, s_referral, clinic)],
        MailKind.InformationAdded => [writer.InformationAdded(inquiry, _patient, s_id, s_referral, clinic, Token)],
        MailKind.PatientQuestion => [writer.PatientQuestion(inquiry, _patient, s_id, s_referral, clinic, Token)],
        MailKind.ClinicReply => [writer.ClinicReply(inquiry, _patient, s_id, s_referral, clinic)],
        MailKind.IdentityShown => [writer.IdentityShown(inquiry, _patient, Referral, clinic, Token)],
        MailKind.CheckIn => [writer.CheckIn(inquiry, _patient, s_id, s_referral, Token)],
        MailKind.Withdrawn => [writer.Withdrawn(inquiry, _patient)],
        MailKind.Erased => [writer.Erased(inquiry, _patient)],
        MailKind.StatusLink => [writer.StatusLink(inquiry, _patient, s_id)],
        MailKind.AddressChanged => [writer.AddressChanged(inquiry, _patient), _withoutCoordinators.AddressChanged(inquiry, _patient)],
        MailKind.AddressConfirmed => [writer.AddressConfirmed(inquiry, _patient)],
        MailKind.DeleteRequest => [writer.DeleteRequest(inquiry, Referral, clinic)],
        MailKind.ClinicLink => [writer.ClinicLink(s_id, s_referral, clinic, Token)],
        MailKind.ForwardedReferral =>
        [
            writer.ForwardedReferral(
                inquiry, _patient, s_id, s_referral, clinic, "Dr. Mar Muestra", "mar@clinic.example", clinic.ContactName, Token),
        ],
        MailKind.OperationsAlert =>
        [
            writer.MailsRefused(RefusalReason.BlockList, DateOnly.FromDateTime(s_now.UtcDateTime))!, writer.ClinicUnreachable(clinic.Code, s_id)!,
            writer.ClinicNotTold(MailKind.DeleteRequest, inquiry.Reference, clinic.Code, hadSaidYes: true, s_id)!,
            writer.ClinicNotTold(MailKind.AcceptanceConfirmed, inquiry.Reference, clinic.Code, hadSaidYes: true, s_id)!,
            writer.ClinicNotTold(MailKind.OfferWithdrawn, inquiry.Reference, clinic.Code, hadSaidYes: true, s_id)!,
            writer.TreatmentDisputed(inquiry, s_id, clinic.Code)!,
        ],
        MailKind.WorkDigest =>
        [
            writer.WorkDigest(s_id, new WorkDigest([Work(inquiry, WorkKind.Held), Work(inquiry, WorkKind.EmergencyWords)], 3, [], 0, TimeZoneInfo.Utc))!,
            writer.WorkDigest(s_id, new WorkDigest(
                [Work(inquiry, WorkKind.PatientWrote)], 0, [new WorkCount { Kind = WorkKind.Held, Number = 4, Urgent = 0, Late = 1, Oldest = s_now }], 12, TimeZoneInfo.Utc))!,
        ],
        MailKind.AccountChanged => Enum.GetValues<AccountChange>().Select(change => writer.AccountChanged(Somebody, change, s_now)),
        MailKind.CoordinatorQuestion => [writer.CoordinatorQuestion(inquiry, _patient, s_id)],
        MailKind.CoordinatorMessage => [writer.CoordinatorMessage(inquiry, _patient, s_id, s_referral, clinic, Token)],
        MailKind.InquiryClosed =>
            [.. CloseReason.All.Where(CloseReason.MayTellPatient).Select(reason => writer.InquiryClosed(inquiry, _patient, reason))],
        MailKind.TakenBack =>
        [
            writer.TakenBack(inquiry, _patient, s_referral, clinic, next: true), writer.TakenBack(inquiry, _patient, s_referral, clinic, next: false),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It has no sample."),
    };

    private static OpenWork Work(InquiryRecord inquiry, WorkKind kind) => new()
    {
        Seq = 1, Kind = kind, InquiryId = inquiry.Id, Reference = inquiry.Reference, Reason = string.Empty, Urgent = false, Since = s_now,
        DueAt = s_now + WorkKinds.TimeFor(kind), Version = 1,
    };

    private static InquiryRecord Inquiry(Words words) => new()
    {
        Id = s_inquiry, Reference = "IR-7K3M-9Q2P", State = InquiryState.Referred, Version = 3, ReceivedAt = s_now, ChangedAt = s_now,
        HoldReasons = [], Urgent = false, AuditHash = [], AuditCount = 3,
        Facts = new InquiryFacts
        {
            Country = "US", Language = words.Code, TimeZone = "America/New_York", BirthYear = 1984, Relation = Relation.Self, Condition = "lupus", ConditionType = null,
            Treatment = "stem-cell-therapy", CellSource = "any", Destinations = ["anywhere"], BudgetAmount = null, BudgetCurrency = null,
            Timeframe = "undecided", SourcePage = null, SourceCampaign = null,
        },
    };

    private static Clinic Clinic(Words words) => new()
    {
        Code = "MX-SAMPLE", Name = "Clínica Ejemplo", Active = true, Country = "MX", City = "Tijuana", TimeZone = "America/Tijuana",
        Email = "referrals@clinic.example", ContactName = "Dr. Luz Ejemplo", Languages = [words.Code], AgeGroups = ["adult"], WeeklyCap = 5,
        Opens = new TimeOnly(9, 0), Closes = new TimeOnly(18, 0), WorkDays = [DayOfWeek.Monday], Treatments = [], Credentials = [],
    };

    private static AppUser Somebody => new()
    {
        Id = new UserId(s_id), Mail = "bea@operator.example", Name = "Bea Muestra", Roles = UserRoles.Coordinator, LastTotpStep = 0,
        Active = true, CreatedAt = s_now, Version = 1,
    };

    private static ReferralRecord Referral => new()
    {
        Id = s_referral, InquiryId = s_inquiry, N = 1, ClinicCode = "MX-SAMPLE", MatchId = s_id, State = ReferralState.Offered,
        Version = 1, OfferedAt = s_now,
        OfferUntil = s_now, CapWeek = new DateOnly(2026, 11, 16), AnsweredAt = null, Reason = null,
    };
}
