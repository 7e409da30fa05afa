using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>A form about an inquiry in which somebody writes.</summary>
/// <param name="User">Who.</param>
/// <param name="Reference">About which inquiry.</param>
/// <param name="Form">Which form.</param>
/// <param name="Version">The draft on their page; 0: none was there.</param>
public sealed record DraftSeen(UserId User, string Reference, string Form, long Version);

/// <summary>What became of a draft.</summary>
public abstract record DraftOutcome
{
    private DraftOutcome()
    {
    }

    /// <param name="Version">The one that is kept now; 0: none, since nothing is written.</param>
    public sealed record Saved(long Version) : DraftOutcome;

    /// <summary>There is no such inquiry, or its patient is erased: nothing may be kept about them.</summary>
    public sealed record Gone : DraftOutcome
    {
        public static readonly Gone It = new();
    }

    /// <summary>The same person has written in this form on another page since.</summary>
    /// <param name="There">What they wrote there.</param>
    public sealed record Elsewhere(Draft There) : DraftOutcome;

    /// <summary>More was written than is kept.</summary>
    public sealed record TooLong : DraftOutcome
    {
        public static readonly TooLong It = new();
    }
}

/// <summary>
/// What somebody writes is kept while they write it: on the server, sealed under the patient's key, for them alone, whatever
/// becomes of the page, the
/// browser, or the inquiry.
/// </summary>
public sealed class SaveDraft(Work work, PatientVault vault)
{
    /// <summary>Of all fields together.</summary>
    public const int Longest = 20_000;

    /// <param name="seen">Which draft.</param>
    /// <param name="fields">What is written; nothing in any of them: the draft goes.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<DraftOutcome> RunAsync(DraftSeen seen, IReadOnlyDictionary<string, string> fields, CancellationToken cancellation)
    {
        if (fields.Sum(f => f.Key.Length + f.Value.Length) > Longest)
        {
            return DraftOutcome.TooLong.It;
        }

        return await work.RunAsync(
            async session => await InquiryStore.FindIdAsync(session, seen.Reference) is { } id
                && await InquiryStore.FindPatientAsync(session, id) is { } patient
                ? (Id: id, Patient: patient,
                    Was: (await DraftStore.ListAsync(session, seen.User, id)).FirstOrDefault(d => d.Form == seen.Form))
                : default((InquiryId Id, SealedPatient Patient, DraftRecord? Was)?),
            found => Task.FromResult(found is var (id, patient, was) ? Decide(seen, fields, id, patient, was) : DraftOutcome.Gone.It),
            cancellation);
    }

    private Decided<DraftOutcome> Decide(
        DraftSeen seen, IReadOnlyDictionary<string, string> fields, InquiryId id, SealedPatient patient, DraftRecord? was)
    {
        if (was is not null && was.Version != seen.Version)
        {
            return new DraftOutcome.Elsewhere(Draft.Of(was, vault));
        }

        if (fields.Values.All(string.IsNullOrWhiteSpace))
        {
            return new DraftOutcome.Saved(0).By<DraftOutcome>(was is null ? null : new DropDraft(id, seen));
        }

        var version = DraftStore.NextVersion(work.Now, was?.Version);
        var content = DraftStore.Seal(vault, patient, fields);
        return new DraftOutcome.Saved(version).By<DraftOutcome>(
            new Store("draft", tx => DraftStore.SaveAsync(tx, seen.User, id, seen.Form, content, was?.Version, version)),

            // Colleagues see that somebody writes, and not what.
            new Store("presence", tx => PresenceStore.SeenAsync(tx, seen.User, id, writing: true)));
    }
}

/// <summary>What was drafted is sent, or not wanted: it goes in the same transaction.</summary>
public sealed record DropDraft(InquiryId InquiryId, DraftSeen Draft) : Step
{
    internal override Task ApplyAsync(Infrastructure.Data.Tx tx, Applied applied) =>
        DraftStore.RemoveAsync(tx, Draft.User, InquiryId, Draft.Form, Draft.Version);
}
