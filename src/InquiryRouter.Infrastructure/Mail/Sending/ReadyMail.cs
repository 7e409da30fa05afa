using InquiryRouter.Infrastructure.Data.Stores.Mail;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>A claimed mail that is still wanted, opened.</summary>
public sealed record ReadyMail(Guid Lease, ClaimedMail Mail, MailContent Content, byte[] AddressHash);
