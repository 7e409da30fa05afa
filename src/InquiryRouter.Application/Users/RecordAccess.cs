using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;

namespace InquiryRouter.Application.Users;

/// <summary>
/// Puts on record that somebody saw something, before it is shown. Whatever changes something says so in its own transaction
/// (<see cref="RecordSystem"/>).
/// </summary>
public sealed class RecordAccess(Work work)
{
    public Task RunAsync(SystemEvent what, Actor who, CancellationToken cancellation) =>
        work.ApplyAsync([new RecordSystem(what, who)], cancellation);
}
