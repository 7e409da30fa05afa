using System.Collections;

namespace InquiryRouter.Core.Matching;

/// <summary>
/// Ranked clinics, first to last. Kept as one number each: most of thousands are never looked at, and the parts of a score follow from what the
/// decision was made from.
/// </summary>
internal sealed class Ranking(MatchIndex index, MatchQuery query, PlacedLoads loads, ulong[] keys) : IReadOnlyList<RankedClinic>
{
    public int Count => keys.Length;

    public RankedClinic this[int rank]
    {
        get
        {
            var place = ScoreOrder.At(keys[rank]);
            ref readonly var offering = ref query.Open[place];
            return new RankedClinic(
                index.Clinics[offering.Clinic].Code, (ScoreParts.Steps - ScoreOrder.Millionths(keys[rank])) / ScoreParts.Steps,
                query.Score(place, loads[offering.Clinic]), offering.Number);
        }
    }

    public IEnumerator<RankedClinic> GetEnumerator()
    {
        for (var i = 0; i < keys.Length; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
