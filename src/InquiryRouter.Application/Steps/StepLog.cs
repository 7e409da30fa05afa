using InquiryRouter.Core.Intake;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Steps;

/// <summary>What steps say in the log once they are committed.</summary>
internal static partial class StepLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Reference}: received ({Source}).")]
    public static partial void InquiryReceived(this ILogger log, string reference, string source);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Reference}: {From} -> {To} ({Trigger} by {Actor}).")]
    public static partial void InquiryMoved(
        this ILogger log, string reference, InquiryState from, InquiryState? to, InquiryTrigger trigger, string actor);
}
