using InquiryRouter.Application.Coordination;
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
    public bool MayTake => User.May(Access.Assign);

    /// <summary>Whose it is, as a colleague reads it.</summary>
    public string OwnerOf(WorkItem item) => WorkWords.Owner(item, People, User.Id);
}
