using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class InquiryPairOnSqlite() : InquiryPairContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class InquiryPairOnSqlServer() : InquiryPairContract(DatabaseProvider.SqlServer);

public abstract class InquiryPairContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly Actor s_actor = Actor.Coordinator("Łucja");

    [Contract]
    public async Task A_suggestion_comes_back_as_it_was_found()
    {
        var (earlier, later) = (await StoreInquiryAsync(), await StoreInquiryAsync());

        await SuggestAsync(later, earlier, strong: true, PairReason.SameMail, PairReason.SameName);

        var link = Assert.Single(await ListAsync(later));
        Assert.Equal((later.Id, later.Reference, earlier.Id, earlier.Reference), (link.InquiryId, link.Reference, link.OtherId, link.OtherReference));
        Assert.Equal((70, true, PairState.Suggested, Now), (link.Score, link.Strong, link.State, link.CreatedAt));
        Assert.Equal([PairReason.SameMail, PairReason.SameName], link.Reasons);
        Assert.Equal((InquiryState.Received, null, null), (link.OtherState, link.DecidedAt, link.DecidedBy));
    }

    [Contract]
    public async Task A_link_is_found_from_both_sides_and_is_one()
    {
        var (earlier, later) = (await StoreInquiryAsync(), await StoreInquiryAsync());
        await SuggestAsync(later, earlier);

        await SuggestAsync(later, earlier);
        await SuggestAsync(earlier, later);

        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM InquiryLink"));
        Assert.Single(await ListAsync(earlier));
        Assert.NotNull(await FindAsync(earlier, later));
        Assert.NotNull(await FindAsync(later, earlier));
        Assert.Null(await FindAsync(later, await StoreInquiryAsync()));
    }

    [Contract]
    public async Task A_decision_says_who_and_when_and_can_be_taken_back()
    {
        var (earlier, later) = (await StoreInquiryAsync(), await StoreInquiryAsync());
        await SuggestAsync(later, earlier);

        foreach (var state in new[] { PairState.Confirmed, PairState.Rejected, PairState.Confirmed })
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            var loaded = await FindAsync(later, earlier);
            await WriteAsync(tx => InquiryPairStore.DecideAsync(tx, loaded!, state, s_actor));

            var decided = await FindAsync(later, earlier);
            Assert.Equal((state, Now, "Łucja"), (decided!.State, decided.DecidedAt, decided.DecidedBy));
        }
    }

    [Contract]
    public async Task Of_two_who_decide_at_once_one_is_told()
    {
        var (earlier, later) = (await StoreInquiryAsync(), await StoreInquiryAsync());
        await SuggestAsync(later, earlier);
        var loaded = await FindAsync(later, earlier);

        var outcomes = await AtOnceAsync(2, i => WriteAsync(async tx =>
        {
            await InquiryPairStore.DecideAsync(tx, loaded!, i == 0 ? PairState.Confirmed : PairState.Rejected, s_actor);
            return true;
        }));

        Assert.Single(outcomes, o => o.Error is ConflictException);
    }

    [Contract]
    public async Task A_coordinator_may_link_what_the_program_did_not()
    {
        var (earlier, later) = (await StoreInquiryAsync(), await StoreInquiryAsync());

        await WriteAsync(tx => InquiryPairStore.ConfirmNewAsync(tx, later.Id, earlier.Id, s_actor));

        var link = await FindAsync(earlier, later);
        Assert.Equal((PairState.Confirmed, "Łucja", Now), (link!.State, link.DecidedBy, link.DecidedAt));
        Assert.Equal([PairReason.ByHand], link.Reasons);
        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => InquiryPairStore.ConfirmNewAsync(tx, later.Id, earlier.Id, s_actor)));
    }

    [Contract]
    public async Task A_release_rejects_what_held_the_inquiry_and_leaves_the_rest()
    {
        var (a, b, c, held) = (await StoreInquiryAsync(), await StoreInquiryAsync(), await StoreInquiryAsync(), await StoreInquiryAsync());
        await SuggestAsync(held, a, strong: true);
        await SuggestAsync(held, b, strong: false);
        await SuggestAsync(c, held, strong: true);

        await WriteAsync(tx => InquiryPairStore.RejectHoldingAsync(tx, held.Id, s_actor));

        Assert.Equal(PairState.Rejected, (await FindAsync(held, a))!.State);
        Assert.Equal(PairState.Suggested, (await FindAsync(held, b))!.State);
        Assert.Equal(PairState.Suggested, (await FindAsync(c, held))!.State);
        Assert.Equal([b.Reference, held.Reference], (await ReadAsync(session => InquiryPairStore.ListSuggestedAsync(session, 10))).Select(l => l.OtherReference));
    }

    [Contract]
    public async Task Others_are_loaded_with_their_patients_and_who_came_first()
    {
        var (before, screened, after) = (await StoreInquiryAsync(), await StoreInquiryAsync(), await StoreInquiryAsync());
        var erased = await StoreInquiryAsync();
        await WriteAsync(tx => tx.ExecuteAsync("DELETE FROM InquiryPatient WHERE InquiryId = @Id", new { erased.Id }));

        var found = await ReadAsync(session => InquiryPairStore.LoadOthersAsync(session, screened.Id, [before.Id, after.Id, erased.Id]));

        Assert.Equal([(before.Id, true), (after.Id, false)], found.Select(f => (f.Inquiry.Id, f.CameBefore)).OrderByDescending(f => f.CameBefore));
        Assert.All(found, f => Assert.Equal("ana@patient.example", A.Vault.Open(f.Patient).Email));
        Assert.Equal(before.Reference, found.Single(f => f.CameBefore).Inquiry.Reference);
    }

    private static OtherInquiry Other(InquiryRecord inquiry) => new(
        inquiry.Id, inquiry.Reference, inquiry.State, inquiry.ReceivedAt, inquiry.Facts.Condition, Person.Of(A.NewInquiry().Patient, inquiry.Facts), BlocksLater: true);

    private Task SuggestAsync(InquiryRecord later, InquiryRecord earlier, bool strong = false, params string[] reasons) =>
        WriteAsync(tx => InquiryPairStore.SuggestAsync(tx, later.Id, new DuplicateFinding(Other(earlier), reasons, 70, strong)));

    private Task<IReadOnlyList<InquiryPair>> ListAsync(InquiryRecord inquiry) => ReadAsync(session => InquiryPairStore.ListAsync(session, inquiry.Id));

    private Task<InquiryPair?> FindAsync(InquiryRecord one, InquiryRecord other) => ReadAsync(session => InquiryPairStore.FindAsync(session, one.Id, other.Id));
}
