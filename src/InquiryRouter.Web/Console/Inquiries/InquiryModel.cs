using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>What stands above every page of an inquiry.</summary>
/// <param name="Tab">Which page it is.</param>
/// <param name="Place">Where it stands in the list it was opened from; the addresses of the others carry it along.</param>
public sealed record InquiryHead(string Reference, InquiryState State, bool Urgent, DateTimeOffset ReceivedAt, string Tab, InquiryPlace Place)
{
    public const string Summary = "summary";
    public const string Match = "match";
    public const string Referrals = "referrals";
    public const string Conversation = "conversation";
    public const string History = "history";

    /// <summary>The last line of its history.</summary>
    public int Line { get; init; }

    public string Suffix => Place.Suffix;

    public static InquiryHead Of(InquiryRecord inquiry, string tab, InquiryPlace place) =>
        new(inquiry.Reference, inquiry.State, inquiry.Urgent, inquiry.ReceivedAt, tab, place) { Line = inquiry.AuditCount };

    public string Url(string tab) => $"{InquiryEndpoints.PathOf(Reference)}{(tab == Summary ? string.Empty : "/" + tab)}{Suffix}";
}

/// <summary>A page of an inquiry.</summary>
/// <param name="Work">What it was opened for, when from the inbox; null: from elsewhere, or it is done.</param>
/// <param name="Place">Where it stands in the list it was opened from.</param>
/// <param name="Colleagues">To whom work can be given.</param>
/// <param name="Typed">What could not be done a moment ago; null: nothing.</param>
/// <param name="Undo">What can still be taken back; null: nothing.</param>
/// <param name="Identity">Who the patient is, once asked for; null: not shown.</param>
/// <param name="Opened">The form somebody came for; null: none.</param>
public sealed record InquiryModel(
    InquiryHead Head, InquiryFile Case, OpenWork? Work, InquiryPlace Place,
    IReadOnlyDictionary<Guid, string> People, IReadOnlyList<(Guid Id, string Name)> Colleagues, Identity? Identity, TypedAction? Typed, ConsoleUser User, string? Done, Guid? Undo,
    DateTimeOffset Now, OpenedAction? Opened)
{
    /// <summary>The inquiry something was done with, when it was another one; null: this one.</summary>
    public string? DoneWith { get; init; }

    /// <summary>The work that was opened for; null: none.</summary>
    public long? DoneWork { get; init; }

    /// <summary>What this person has begun to write about it.</summary>
    public IReadOnlyList<Draft> Drafts { get; init; } = [];

    /// <summary>The forms that are on the page, as they are rendered.</summary>
    internal HashSet<string> Shown { get; } = new(StringComparer.Ordinal);

    private readonly Lazy<IReadOnlySet<CoordinatorAction>> _possible = new(() => CoordinatorActions.Possible(Case.Facts));

    /// <summary>Whether a button is shown: it is possible, and this role may.</summary>
    public bool Can(CoordinatorAction action, Access access) => User.May(access) && Case.Consent is not null && _possible.Value.Contains(action);

    /// <summary>The last line of the history on the page: who acts says up to where they have read.</summary>
    public int LastLine => Case.History.Count > 0 ? Case.History[^1].Version : 0;

    /// <summary>Referrals of clinics that are asked, or have it.</summary>
    public IReadOnlyList<ReferralRecord> Current =>
        [.. Case.Referrals.Where(r => ReferralTransitions.IsOpen(r.State) || ReferralTransitions.IsInHand(r.State))];

    /// <summary>Null: nothing was begun in this form.</summary>
    public Draft? DraftOf(string action) => Drafts.FirstOrDefault(d => d.Form == action);

    /// <summary>What is in a form: what was typed and could not be done, else what was begun; null: nothing.</summary>
    public ActionFields? FieldsOf(string action) => Typed?.Action == action ? Typed.Fields
        : DraftOf(action) is { } draft
            ? new ActionFields(
                0, Guid.Empty, draft.Field("text"), draft.Field("reason"), draft.Field("clinic"), draft.Field("choice"), Draft: draft.Version)
        : null;

    public InquiryRecord Inquiry => Case.Inquiry;

    public InquiryFacts Facts => Case.Inquiry.Facts;

    public ReferenceLists Lists => Case.Network.Rules.Lists;

    /// <summary>Clinics that are offered before anything is typed: the best of the newest decision.</summary>
    public IEnumerable<Core.Matching.Clinic> Suggested => Case.Match is not { } match ? [] : match.Ranked.Take(ClinicNames.Most)
        .Select(r => Case.Network.ByCode.GetValueOrDefault(r.Clinic)).OfType<Core.Matching.Clinic>();

    /// <summary>It waits with words of an emergency: to reach the patient comes before anything else.</summary>
    public bool IsEmergency => Inquiry.Urgent && Inquiry.State is InquiryState.Held or InquiryState.AwaitingPatient;

    public bool MayRelease => Can(CoordinatorAction.Release, Access.Release);

    public string ClinicName(string code) => Case.Network.ByCode.TryGetValue(code, out var clinic) ? clinic.Name : code;

    /// <summary>Whose clock an offer runs by; null: the clinic is not in the network any more.</summary>
    public string? ClinicZone(string code) => Case.Network.ByCode.TryGetValue(code, out var clinic) ? clinic.TimeZone : null;

    /// <summary>Condition, treatment and cells, in words.</summary>
    public string Asks => string.Join(" · ", new[]
    {
        Lists.ConditionName(Facts.Condition) + (Facts.ConditionType is { } type ? $" ({type.Replace('-', ' ')})" : string.Empty),
        Lists.TreatmentName(Facts.Treatment),
        Facts.CellSource == "any" ? "any cells" : $"cells from {Facts.CellSource.Replace('-', ' ')}",
        string.Join(" or ", Facts.Destinations.Select(Lists.DestinationName)),
        Facts.BudgetAmount is { } amount
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{amount:#,0} {Facts.BudgetCurrency}")
            : "no budget named",
        Facts.Timeframe?.Replace('-', ' '),
    });
}
