using InquiryRouter.Core.Reports;
using InquiryRouter.Infrastructure.Data.Stores.Reports;

namespace InquiryRouter.Web.Console.Reports;

/// <summary>Which promises about time were kept.</summary>
internal static class PromiseTables
{
    public static ReportTable Of(ReportAddress address, IReadOnlyList<ValueCount> counts)
    {
        var promises = Promise.All.Select(p => (Promise: p, Kept: N(p, Promise.Kept), Late: N(p, Promise.Late), Open: N(p, Promise.Open))).ToList();
        return new ReportTable(
            "promises", "Promises about time", "Of the inquiries of the weeks to which it was made: one that was late once is late. A share leads to no list.",
            ["Promise", "What is promised", "Kept", "Not kept", "Still open", "Kept, of those decided"],
            [.. promises.Select(p => (IReadOnlyList<ReportCell>)
            [
                new(p.Promise.Name), new(p.Promise.Says), ReportCell.Of(p.Kept, Url(p.Promise, Promise.Kept)),
                ReportCell.Of(p.Late, Url(p.Promise, Promise.Late)), ReportCell.Of(p.Open, Url(p.Promise, Promise.Open)),
                ReportCell.Share(p.Kept, p.Kept + p.Late),
            ])])
        {
            Stack = new StackModel(
                [new StackPart("kept", "good"), new StackPart("still open", "soft"), new StackPart("not kept", "bad")],
                [.. promises.Where(p => p.Kept + p.Open + p.Late > 0)
                    .Select(p => new StackRow(p.Promise.Name, [p.Kept, p.Open, p.Late], p.Late == 0 ? null : Url(p.Promise, Promise.Late)))],
                IsShare: true),
        };

        int N(Promise promise, string became) => counts.FirstOrDefault(c => c.Value == promise.Code && c.Measure == became)?.N ?? 0;

        string Url(Promise promise, string became) => address.ListOf(f => f with { Promise = promise, Became = became });
    }
}
