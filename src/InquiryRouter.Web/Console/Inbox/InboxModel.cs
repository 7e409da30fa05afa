using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Web.Console.Inbox;

/// <summary>A page of the inbox.</summary>
/// <param name="People">Names of those who may have taken something.</param>
/// <param name="Done">What was just done, as a sentence; null: nothing.</param>
public sealed record InboxModel(
    InboxView View, IReadOnlyList<WorkItem> Items, IReadOnlyList<WorkCount> Counts, bool HasBefore, bool HasAfter,
    IReadOnlyDictionary<Guid, string> People, ConsoleUser User, string? Done, DateTimeOffset Now)
{
    /// <summary>Who else looks at what, by reference.</summary>
    public IReadOnlyDictionary<string, string> Presence { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Names of conditions and countries, and of clinics.</summary>
    public required NetworkSnapshot Network { get; init; }

    /// <summary>What an inquiry is about, in short; null: it is about none.</summary>
    public string? Brief(OpenWork work) => work is { ConditionCode: { } condition, Country: { } country, Language: { } language }
        ? string.Join(" · ", Network.Rules.Lists.ConditionName(condition), Network.Rules.Lists.CountryName(country), "writes " + language)
        : null;

    /// <summary>The name of the clinic that did what it is about; null: none did.</summary>
    public string? ClinicOf(OpenWork work) => work.AboutClinic is not { } code ? null
        : Network.ByCode.TryGetValue(code, out var clinic) ? clinic.Name : code;

    /// <summary>The newest work there was before the list was read.</summary>
    public long Newest { get; init; }

    /// <summary>To whom work can be given: others who are there.</summary>
    public IReadOnlyList<(Guid Id, string Name)> Colleagues { get; init; } = [];

    /// <summary>Views by name: one's own, and those colleagues share.</summary>
    public IReadOnlyList<SavedView> Views { get; init; } = [];

    /// <summary>What was just done with many; null: nothing.</summary>
    public BulkReport? Bulk { get; init; }

    public bool MayTake => User.May(Access.Assign);

    /// <summary>Whose it is, as a colleague reads it.</summary>
    public string OwnerOf(WorkItem item) => WorkWords.Owner(item, People, User.Id);
}
