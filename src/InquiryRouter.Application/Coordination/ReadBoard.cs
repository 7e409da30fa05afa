using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Application.Coordination;

/// <summary>Inquiries by where they stand: how many, and the first of each.</summary>
public sealed class ReadBoard(Work work)
{
    /// <summary>Cards of a column.</summary>
    public const int MostCards = 20;

    /// <summary>Of what is on its way the newest inquiries are looked at.</summary>
    public const int MostLookedAt = CaseStore.MostLookedAt;

    private static readonly InquiryState[] s_waiting = [InquiryState.Held, InquiryState.AwaitingPatient, InquiryState.Quarantined];

    private static readonly InquiryState[] s_columns =
    [
        .. s_waiting, InquiryState.Received, InquiryState.Screened, InquiryState.Matched, InquiryState.Referred, InquiryState.Accepted, InquiryState.Booked,
    ];

    public Task<IReadOnlyList<BoardColumn>> RunAsync(CancellationToken cancellation) => work.ReadAsync<IReadOnlyList<BoardColumn>>(
        async session =>
        {
            var counts = await BoardStore.CountWaitingAsync(session);
            var onTheWay = (await BoardStore.ListOnTheWayAsync(session, MostLookedAt, MostCards)).ToLookup(r => r.State);
            var columns = new List<BoardColumn>();
            foreach (var state in s_columns)
            {
                var waits = s_waiting.Contains(state);
                IReadOnlyList<BoardRow> cards = state == InquiryState.Held ? await HeldAsync(session)
                    : waits ? await BoardStore.ListWaitingAsync(session, state, MostCards)
                    : [.. onTheWay[state]];
                var number = waits ? counts.FirstOrDefault(c => c.State == state)?.Number ?? 0 : cards.Count == 0 ? 0 : cards[0].Total;
                columns.Add(new BoardColumn(state, number, waits, cards));
            }

            return columns;
        },
        cancellation);

    // One that is held for words of an emergency may be two pieces of work.
    private static async Task<IReadOnlyList<BoardRow>> HeldAsync(Session session) =>
        [.. (await BoardStore.ListHeldAsync(session, MostCards * 2)).DistinctBy(r => r.Reference, StringComparer.Ordinal).Take(MostCards)];
}

/// <summary>A column of the board.</summary>
/// <param name="Number">How many.</param>
/// <param name="IsAll">Of all there are; else of the newest <see cref="ReadBoard.MostLookedAt"/>.</param>
/// <param name="Cards">The first of them, what is most urgent at the top.</param>
public sealed record BoardColumn(InquiryState State, long Number, bool IsAll, IReadOnlyList<BoardRow> Cards);
