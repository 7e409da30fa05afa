using System.Globalization;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.History;

namespace InquiryRouter.Application.Operations;

/// <summary>What is done to what has stopped stands in the access log, in the transaction that does it; whoever does it, and from where.</summary>
internal static class OperationsLog
{
    /// <param name="tx">The transaction.</param>
    /// <param name="action">A code.</param>
    /// <param name="what">A code.</param>
    /// <param name="number">With how many it was done; none: nothing is written.</param>
    /// <param name="who">Who did it.</param>
    public static async Task RecordAsync(Tx tx, string action, string what, int number, Actor who)
    {
        if (number > 0)
        {
            var done = SystemEvent.OperationsDone(action, string.Create(CultureInfo.InvariantCulture, $"{what} {number}"));
            await SystemAuditStore.AddAsync(tx, done.Action, who, done.Detail);
        }
    }
}
