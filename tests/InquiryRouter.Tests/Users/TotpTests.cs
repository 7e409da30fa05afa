using System.Text;
using InquiryRouter.Core.Users;

namespace InquiryRouter.Tests.Users;

public sealed class TotpTests
{
    private static readonly byte[] s_secret = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B, SHA-1; the last six of eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_codes_are_those_of_the_standard(long seconds, string code)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(seconds);

        Assert.Equal(code, Totp.Code(s_secret, Totp.StepAt(now)));
        Assert.Equal(Totp.StepAt(now), Totp.StepOf(s_secret, code, now));
    }

    [Fact]
    public void This_step_and_the_one_before_count_and_no_other()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        var step = Totp.StepAt(now);

        Assert.Equal(step - 1, Totp.StepOf(s_secret, Totp.Code(s_secret, step - 1), now));
        Assert.Null(Totp.StepOf(s_secret, Totp.Code(s_secret, step - 2), now));
        Assert.Null(Totp.StepOf(s_secret, Totp.Code(s_secret, step + 1), now));
        Assert.Null(Totp.StepOf(s_secret, "12345", now));
    }

    [Fact]
    public void Secrets_are_new_and_long_enough()
    {
        Assert.Equal(20, Totp.NewSecret().Length);
        Assert.NotEqual(Totp.NewSecret(), Totp.NewSecret());
    }

    // RFC 4648, section 10, without padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_the_standard(string text, string written)
    {
        Assert.Equal(written, Base32.Write(Encoding.ASCII.GetBytes(text)));
        Assert.Equal(text, Encoding.ASCII.GetString(Base32.Read(written.ToLowerInvariant())!));
    }

    [Fact]
    public void What_is_no_base32_is_refused() => Assert.Null(Base32.Read("MZXW0"));
}
