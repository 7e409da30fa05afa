using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>What somebody has begun to write about an inquiry, opened for them.</summary>
/// <param name="Fields">By the names of the form.</param>
public sealed record Draft(string Form, DateTimeOffset At, long Version, IReadOnlyDictionary<string, string> Fields)
{
    internal static Draft Of(DraftRecord stored, PatientVault vault) =>
        new(stored.Form, stored.At, stored.Version, DraftStore.Open(vault, stored));

    public string? Field(string name) => Fields.GetValueOrDefault(name);
}

/// <summary>One's own drafts about an inquiry, in the order they were begun.</summary>
public sealed class ReadDrafts(Work work, PatientVault vault)
{
    public async Task<IReadOnlyList<Draft>> RunAsync(UserId user, InquiryId inquiryId, CancellationToken cancellation) =>
        [.. (await work.ReadAsync(session => DraftStore.ListAsync(session, user, inquiryId), cancellation))
            .Select(d => Draft.Of(d, vault))];
}
