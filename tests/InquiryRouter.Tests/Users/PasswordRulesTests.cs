using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Users;

namespace InquiryRouter.Tests.Users;

public sealed class PasswordRulesTests
{
    private static readonly CommonPasswords s_common = new();

    [Theory]
    [InlineData("short 1!aB", PasswordProblem.TooShort)]
    [InlineData("elevenchars", PasswordProblem.TooShort)]
    [InlineData("password1234", PasswordProblem.Common)]
    [InlineData("Password2026!", PasswordProblem.Common)]
    [InlineData("passwordpassword", PasswordProblem.Common)]
    [InlineData("qwertyqwerty", PasswordProblem.Common)]
    [InlineData("123456789123456789", PasswordProblem.Common)]
    [InlineData("aaaaaaaaaaaaaaaa", PasswordProblem.Repeated)]
    [InlineData("abababababababab", PasswordProblem.Repeated)]
    [InlineData("InquiryRouter1!", PasswordProblem.Guessable)]
    [InlineData("inquiryrouterana", PasswordProblem.Guessable)]
    [InlineData("operator-2026-ana", PasswordProblem.Guessable)]
    public void A_password_that_would_be_tried_is_refused(string password, PasswordProblem problem) =>
        Assert.Equal(problem, Check(password));

    [Theory]
    [InlineData("twelve chars")]
    [InlineData("correct horse battery staple")]
    [InlineData("ñandú más allá del río")]
    [InlineData("ما أجمل هذا المساء")]
    [InlineData("all small letters and nothing else")]
    public void Any_letters_will_do_and_no_mixture_is_asked_for(string password) => Assert.Null(Check(password));

    [Fact]
    public void Sixty_four_and_more_are_allowed_and_there_is_an_end()
    {
        var long64 = string.Concat(Enumerable.Range(0, 16).Select(i => $"w{i:000}"));

        Assert.Null(Check(long64));
        Assert.Null(Check(string.Concat(long64, long64, long64)));
        Assert.Equal(PasswordProblem.TooLong, Check(string.Concat(Enumerable.Repeat(long64, 4))));
    }

    private static PasswordProblem? Check(string password) =>
        PasswordRules.Check(password, s_common.Has, ["inquiryrouter", "inquiry router", "Ana", "ana@operator.example"]);
}
