using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Screening.Duplicates;

public sealed class SearchKeysTests
{
    [Theory]
    [InlineData("ana@example.org", "ana@example.org")]
    [InlineData("Ana@Example.ORG", "ana@example.org")]
    [InlineData("ana+lupus@example.org", "ana@example.org")]
    [InlineData("ana+a+b@example.org", "ana@example.org")]
    [InlineData("a.n.a@example.org", "a.n.a@example.org")]
    [InlineData("a.n.a+x@gmail.com", "ana@gmail.com")]
    [InlineData("A.na@GoogleMail.com", "ana@gmail.com")]
    [InlineData("+ana@example.org", "+ana@example.org")]
    public void An_address_is_the_mailbox_it_leads_to(string address, string mailbox) => Assert.Equal(mailbox, SearchKeys.Mail(address));

    [Fact]
    public void An_inquiry_is_found_by_its_mailboxes_its_phone_its_name_with_the_year_and_a_message_of_its_own()
    {
        const string message = "I have had lupus for ten years, and nothing that my doctors have tried so far has helped me.";
        var keys = SearchKeys.Of(An.Patient() with { InquirerName = "Zoe", InquirerEmail = "zoe+help@carer.example", Message = message }, 1984, withMessage: true);

        Assert.Equal(
            [
                new(SearchKind.Mail, "ana@example.org"), new(SearchKind.Mail, "zoe@carer.example"), new(SearchKind.Phone, "+12133734253"),
                new(SearchKind.Name, "ana example|1984"), new SearchKey(SearchKind.Message, " i have had lupus for ten years and nothing that my doctors have tried so far has helped me "),
            ],
            keys);
    }

    [Fact]
    public void What_is_not_given_is_not_looked_for() =>
        Assert.Equal([SearchKind.Mail], SearchKeys.Of(An.Patient() with { Phone = null, Name = "X", Message = null }, 1984, withMessage: true).Select(k => k.Kind));

    [Fact]
    public void One_mailbox_given_twice_is_one() =>
        Assert.Single(SearchKeys.Of(An.Patient() with { InquirerEmail = "ANA+mum@example.org" }, 1984, withMessage: true), k => k.Kind == SearchKind.Mail);

    [Theory]
    [InlineData("Please help me.")]
    [InlineData("Please send me information about prices and dates.")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public void A_message_many_write_is_nobodys_own(string message) =>
        Assert.DoesNotContain(SearchKeys.Of(An.Patient() with { Message = message }, 1984, withMessage: true), k => k.Kind == SearchKind.Message);

    [Fact]
    public void The_message_is_looked_for_only_where_it_counts() =>
        Assert.DoesNotContain(SearchKeys.Of(An.Patient() with { Message = new string('a', 100) }, 1984, withMessage: false), k => k.Kind == SearchKind.Message);

    [Fact]
    public void There_are_never_more_than_a_row_has_room_for() =>
        Assert.InRange(
            SearchKeys.Of(An.Patient() with { InquirerEmail = "zoe@carer.example", Message = new string('a', 4000) }, 1984, withMessage: true).Count,
            1, InquiryRouter.Infrastructure.Data.Stores.Screening.SearchTokenStore.Most);
}
