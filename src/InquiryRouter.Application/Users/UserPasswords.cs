using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace InquiryRouter.Application.Users;

/// <summary>Hashes passwords (PBKDF2 with HMAC-SHA-512, ASP.NET Core Identity's hasher), as many at once as there are processors.</summary>
public sealed class UserPasswords(CommonPasswords common) : IDisposable
{
    // What OWASP's cheat sheet asks for (2023).
    private const int Iterations = 210_000;

    private readonly PasswordHasher<AppUser> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly SemaphoreSlim _atOnce = new(Environment.ProcessorCount);
    private string? _nobody;

    /// <summary>What is wrong with a password; null: nothing.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="context">Names that would be guessed first.</param>
    public PasswordProblem? Check(string password, params IEnumerable<string> context) =>
        PasswordRules.Check(password, common.Has, ["inquiryrouter", "inquiry router", .. context]);

    public Task<string> HashAsync(string password, CancellationToken cancellation) =>
        AtOnceAsync(() => _hasher.HashPassword(null!, password), cancellation);

    /// <summary>Takes as long for somebody who does not exist, or has no password, as for anybody else.</summary>
    /// <returns>Whether it is theirs, and a better hash of it if there is one.</returns>
    public async Task<(bool IsTheirs, string? Better)> VerifyAsync(string? hash, string password, CancellationToken cancellation)
    {
        if (password.Length > PasswordRules.Longest * 2)
        {
            return (false, null);
        }

        _nobody ??= await HashAsync(Guid.NewGuid().ToString(), cancellation);
        var verdict = await AtOnceAsync(() => _hasher.VerifyHashedPassword(null!, hash ?? _nobody, password), cancellation);
        return (
            hash is not null && verdict != PasswordVerificationResult.Failed,
            hash is not null && verdict == PasswordVerificationResult.SuccessRehashNeeded ? await HashAsync(password, cancellation) : null);
    }

    public void Dispose() => _atOnce.Dispose();

    private async Task<T> AtOnceAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await _atOnce.WaitAsync(cancellation);
        try
        {
            return await Task.Run(work, cancellation);
        }
        finally
        {
            _atOnce.Release();
        }
    }
}
