using InquiryRouter.Core.Mail;

namespace InquiryRouter.Tests.Mail;

public sealed class MistypedDomainTests
{
    [Theory]
    [InlineData("ana@gmial.com", "gmail.com")]
    [InlineData("ana@gmai.com", "gmail.com")]
    [InlineData("ana@gmail.con", "gmail.com")]
    [InlineData("ana@GNAIL.com", "gmail.com")]
    [InlineData("ana@gmail.co", "gmail.com")]
    [InlineData("ana@hotmial.com", "hotmail.com")]
    [InlineData("ana@hotmaill.com", "hotmail.com")]
    [InlineData("ana@outlok.com", "outlook.com")]
    [InlineData("ana@yaho.com", "yahoo.com")]
    [InlineData("ana@iclodu.com", "icloud.com")]
    [InlineData("ana@iclo.com", null)]
    [InlineData("ana@gmail.com", null)]
    [InlineData("ana@ymail.com", null)]
    [InlineData("ana@hospital.example", null)]
    [InlineData("ana@münchen.example", null)]
    [InlineData("ana", null)]
    [InlineData("ana@", null)]
    [InlineData("@gmial.com", null)]
    [InlineData(null, null)]
    public void One_slip_of_a_finger_is_noticed(string? typed, string? meant) => Assert.Equal(meant, MistypedDomain.Meant(typed));
}
