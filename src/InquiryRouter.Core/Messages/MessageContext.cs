namespace InquiryRouter.Core.Messages;

/// <summary>Which consumer is handling which message.</summary>
public sealed record MessageContext(string Consumer, Guid MessageId);
