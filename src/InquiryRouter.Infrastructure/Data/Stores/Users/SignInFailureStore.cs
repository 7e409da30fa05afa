namespace InquiryRouter.Infrastructure.Data.Stores.Users;

/// <summary>Sign-ins that failed lately, by whom they count for. Forgotten after a day.</summary>
public static class SignInFailureStore
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public static Task AddAsync(Tx tx, byte[] subject) =>
        tx.ExecuteAsync("INSERT INTO SignInFailure (Subject, At) VALUES (@subject, @Now)", new { subject, tx.Now });

    public static Task<int> CountAsync(Session session, byte[] subject, DateTimeOffset since) => session.QuerySingleOrDefaultAsync<int>(
        "SELECT COUNT(*) FROM SignInFailure WHERE Subject = @subject AND At > @since", new { subject, since });

    /// <summary>They were who they said after all.</summary>
    public static Task ForgetAsync(Tx tx, byte[] subject) =>
        tx.ExecuteAsync("DELETE FROM SignInFailure WHERE Subject = @subject", new { subject });

    /// <summary>The newest does not count.</summary>
    public static Task TakeBackAsync(Tx tx, byte[] subject) => tx.ExecuteAsync(
        "DELETE FROM SignInFailure WHERE Seq IN (SELECT MAX(Seq) FROM SignInFailure WHERE Subject = @subject)", new { subject });

    public static Task<int> SweepAsync(Tx tx, DateTimeOffset before, int take) =>
        tx.ExecuteAsync(tx.Dialect.DeleteSome("SignInFailure", "Seq", "At < @before"), new { before, take });
}
