using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Users;

namespace InquiryRouter.Application.Coordination;

/// <summary>
/// Something of a patient is shown to a person of ours: what, is on record in the transaction that gives them what shows it.
/// </summary>
/// <param name="What">As the access log says it.</param>
/// <param name="Kind">Of what they are given.</param>
/// <param name="Content">Which one of several; null: there is one.</param>
internal sealed record Reveal(string What, KeptKind Kind, byte[]? Content = null)
{
    /// <summary>For how long the page shows it again.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromMinutes(5);

    /// <param name="work">Does it.</param>
    /// <param name="reference">Of the inquiry.</param>
    /// <param name="find">The inquiry, where there is something to show; null: there is not.</param>
    /// <param name="user">Who looks.</param>
    /// <param name="who">As the access log says it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>What shows it to them, and to nobody else; null: there is nothing.</returns>
    public Task<Guid?> RunAsync(
        Work work, string reference, Func<Session, Task<InquiryId?>> find, UserId user, Actor who, CancellationToken cancellation) =>
        work.RunAsync<InquiryId?, Guid?>(find, found => Task.FromResult(Decide(found, reference, user, who)), cancellation);

    private Decided<Guid?> Decide(InquiryId? found, string reference, UserId user, Actor who)
    {
        if (found is not { } inquiryId)
        {
            return new Decided<Guid?>(null, []);
        }

        var id = Guid.NewGuid();
        return new Decided<Guid?>(
            id,
            [
                new RecordSystem(SystemEvent.Revealed(reference, What), who),
                new Store("reveal", tx => KeptPageStore.AddAsync(tx, id, user, Kind, Content, Shown, inquiryId)),
            ]);
    }
}
