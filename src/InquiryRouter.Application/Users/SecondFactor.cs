using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Users;

/// <summary>What was typed as a second factor: a code of the app, or one of the recovery codes. Each is used once.</summary>
public abstract record SecondFactor
{
    private SecondFactor()
    {
    }

    /// <summary>How the session says it.</summary>
    public abstract string Name { get; }

    /// <summary>Null: it is neither, or not theirs.</summary>
    public static SecondFactor? Read(AppUser user, string typed, UserSecrets secrets, DateTimeOffset now)
    {
        var code = string.Concat(typed.Where(c => !char.IsWhiteSpace(c)));
        if (code.Length == Totp.Digits && code.All(char.IsAsciiDigit))
        {
            return user.SealedTotp is { } stored && Totp.StepOf(
                secrets.OpenTotp(user.Id, stored), code, now) is { } step ? new App(step) : null;
        }

        return code.Length < 100 && RecoveryCodeStore.Hash(code) is { } hash ? new Recovery(hash) : null;
    }

    /// <summary>What is told of it to whose it is: a recovery code is used when something is lost, or stolen. Null: nothing.</summary>
    public NewMail? Notice(MailWriter mails, AppUser user, DateTimeOffset now) =>
        this is Recovery ? mails.AccountChanged(user, AccountChange.CodeUsed, now) : null;

    /// <returns>False: it was used before, or there is no such code.</returns>
    internal abstract Task<bool> TryUseAsync(Tx tx, UserId user);

    public sealed record App(long Step) : SecondFactor
    {
        public override string Name => "totp";

        internal override Task<bool> TryUseAsync(Tx tx, UserId user) => UserStore.TryUseTotpAsync(tx, user, Step);
    }

    public sealed record Recovery(byte[] Hash) : SecondFactor
    {
        public override string Name => "recovery";

        internal override Task<bool> TryUseAsync(Tx tx, UserId user) => RecoveryCodeStore.TryUseAsync(tx, user, Hash);
    }
}
