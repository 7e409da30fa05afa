using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.History;

namespace InquiryRouter.Application.Steps;

/// <summary>A line of the access log, in the transaction of what it tells of.</summary>
public sealed record RecordSystem(SystemEvent What, Actor Who) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => SystemAuditStore.AddAsync(tx, What.Action, Who, What.Detail);
}
