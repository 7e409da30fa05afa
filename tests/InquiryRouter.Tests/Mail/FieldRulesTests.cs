using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Mail;

public sealed class FieldRulesTests
{
    [Theory]
    [InlineData("+1 213 373 4253", null, "+12133734253")]
    [InlineData("(213) 373-4253", "US", "+12133734253")]
    [InlineData("+44 20 7946 0958", "US", "+442079460958")]
    [InlineData("664 123 4567", "MX", "+526641234567")]
    [InlineData("0212 555 12 34", "TR", "+902125551234")]
    [InlineData("+١٢١٣٣٧٣٤٢٥٣", null, "+12133734253")]
    public void A_number_is_kept_in_the_international_form(string typed, string? country, string e164)
    {
        Assert.True(Shipped.FieldRules.TryPhone(typed, country, out var kept));
        Assert.Equal(e164, kept);
    }

    [Theory]
    [InlineData("213 373 4253", null)]
    [InlineData("+1 000 000 0000", "US")]
    [InlineData("+999 123 456 789", "US")]
    [InlineData("12", "US")]
    [InlineData("call me", "US")]
    [InlineData("", "US")]
    public void A_number_nobody_can_call_is_refused(string typed, string? country)
    {
        Assert.False(Shipped.FieldRules.TryPhone(typed, country, out var kept));
        Assert.Empty(kept);
    }

    /// <summary>Numbers with an extension, as they are typed; the number, and the extension.</summary>
    public static TheoryData<string, string?, string> Extensions => new()
    {
        { "+1 608-271-9000 x11", null, "+16082719000;ext=11" },
        { "+1 608-271-9000 X 11", null, "+16082719000;ext=11" },
        { "+1 608-271-9000 ext. 11", null, "+16082719000;ext=11" },
        { "+1 608-271-9000 ext 11", null, "+16082719000;ext=11" },
        { "+1 608-271-9000, extension 11", null, "+16082719000;ext=11" },
        { "+1 608-271-9000;ext=11", null, "+16082719000;ext=11" },
        { "tel:+1-608-271-9000;ext=11", null, "+16082719000;ext=11" },
        { "+1 608-271-9000 #11", null, "+16082719000;ext=11" },
        { "(608) 271-9000 x 0042", "US", "+16082719000;ext=0042" },
        { "+١ ٦٠٨ ٢٧١ ٩٠٠٠ x١١", null, "+16082719000;ext=11" },
        { "+52 55 5123 4567 ext. 204", null, "+525551234567;ext=204" },
        { "+34 912 345 678 extensión 3", null, "+34912345678;ext=3" },
        { "+971 4 222 3456 تحويلة 12", null, "+97142223456;ext=12" },
        { "+٩٧١ ٤ ٢٢٢ ٣٤٥٦ التحويلة ١٢", null, "+97142223456;ext=12" },
    };

    [Theory]
    [MemberData(nameof(Extensions))]
    public void An_extension_is_kept_shown_and_dialled(string typed, string? country, string stored)
    {
        Assert.True(Shipped.FieldRules.TryPhone(typed, country, out var kept));
        Assert.Equal(stored, kept);
        Assert.Equal("tel:" + stored, PhoneNumber.Link(kept));
        Assert.Equal(stored.Replace(";ext=", " ext. ", StringComparison.Ordinal), PhoneNumber.Shown(kept));
        Assert.Equal(stored.Split(';')[0], PhoneNumber.Key(kept));

        // What is shown may be sent again.
        Assert.True(Shipped.FieldRules.TryPhone(PhoneNumber.Shown(kept), null, out var again));
        Assert.Equal(kept, again);
    }

    /// <summary>One number, however it is written, there or from abroad.</summary>
    public static TheoryData<string, string?, string> Written => new()
    {
        { "+52 1 55 5123 4567", null, "+525551234567" },
        { "+5215551234567", null, "+525551234567" },
        { "0052 1 55 5123 4567", "MX", "+525551234567" },
        { "+52 55 5123 4567", null, "+525551234567" },
        { "044 55 5123 4567", "MX", "+525551234567" },
        { "045 55 5123 4567", "MX", "+525551234567" },
        { "01 55 5123 4567", "MX", "+525551234567" },
        { "1 55 5123 4567", "MX", "+525551234567" },
        { "55 5123 4567", "MX", "+525551234567" },
        { "+52 1 664 123 4567", "US", "+526641234567" },
        { "+1\u2009213\u2009373\u20094253", null, "+12133734253" },
        { "+1\u202F213\u202F373\u202F4253", null, "+12133734253" },
        { "+1\u00A0(213)\u2003373\u20114253", null, "+12133734253" },
        { "\u200E+1 213 373 4253\u200E", null, "+12133734253" },
        { "\u2068+1 213 373 4253\u2069", null, "+12133734253" },
        { "☎\uFE0F +1 213 373 4253", null, "+12133734253" },
        { "+1\uFE0F\u20E3 213 373 4253", null, "+12133734253" },
        { "+1 213\u200B373\u20604253\uFEFF", null, "+12133734253" },
        { "＋1 213 373 4253", null, "+12133734253" },
        { "+383 44 123 456", null, "+38344123456" },
        { "044 123 456", "XK", "+38344123456" },
        { "0016082719000", "US", "+16082719000" },
        { "00 34 912 345 678", "US", "+34912345678" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void A_number_is_taken_as_people_write_it(string typed, string? country, string stored)
    {
        Assert.True(Shipped.FieldRules.TryPhone(typed, country, out var kept));
        Assert.Equal((stored, stored, stored), (kept, PhoneNumber.Shown(kept), PhoneNumber.Key(kept)));
    }

    [Theory]
    [InlineData("+54 11 5123 4567", null, "+541151234567")]
    [InlineData("+54 9 11 5123 4567", null, "+5491151234567")]
    [InlineData("011 15 5123 4567", "AR", "+5491151234567")]
    [InlineData("11 5123 4567", "AR", "+541151234567")]
    public void In_Argentina_the_mobile_and_the_plain_form_are_one_person(string typed, string? country, string stored)
    {
        Assert.True(Shipped.FieldRules.TryPhone(typed, country, out var kept));
        Assert.Equal((stored, "+541151234567"), (kept, PhoneNumber.Key(kept)));
    }

    [Theory]
    [InlineData("+12133734253", "+12133734253")]
    [InlineData("+12133734253;ext=5", "+12133734253")]
    [InlineData("+5215551234567", "+525551234567")]
    [InlineData("+5491151234567;ext=5", "+541151234567")]
    [InlineData("+549115123456", "+549115123456")]
    [InlineData("+4915112345678", "+4915112345678")]
    public void Numbers_that_ring_at_one_place_have_one_key(string stored, string key) => Assert.Equal(key, PhoneNumber.Key(stored));

    /// <summary>What is typed, and the name it is kept under.</summary>
    public static TheoryData<string, string> Zones => new()
    {
        { "America/New_York", "America/New_York" },
        { "america/new_york", "America/New_York" },
        { "asia/calcutta", "Asia/Kolkata" },
        { "America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires" },
        { "Etc/GMT+5", "Etc/GMT+5" },
        { "UTC", "UTC" },
        { "\u200EAmerica/New_York\u200E ", "America/New_York" },

        // Places that share their clock keep their name.
        { "Europe/Stockholm", "Europe/Stockholm" },
        { "Europe/Bratislava", "Europe/Bratislava" },
        { "Africa/Asmara", "Africa/Asmara" },

        { "GMT", "Etc/GMT" },
        { "Greenwich", "Etc/GMT" },
        { "Zulu", "Etc/UTC" },
        { "CET", "Europe/Brussels" },
        { "MET", "Europe/Brussels" },
        { "EET", "Europe/Athens" },
        { "WET", "Europe/Lisbon" },
        { "EST", "America/Panama" },
        { "EST5EDT", "America/New_York" },
        { "PST8PDT", "America/Los_Angeles" },
        { "HST", "Pacific/Honolulu" },
        { "Japan", "Asia/Tokyo" },
        { "Israel", "Asia/Jerusalem" },
        { "Turkey", "Europe/Istanbul" },
        { "Egypt", "Africa/Cairo" },
        { "Iceland", "Atlantic/Reykjavik" },
        { "Singapore", "Asia/Singapore" },
        { "GB", "Europe/London" },
        { "NZ-CHAT", "Pacific/Chatham" },
        { "W-SU", "Europe/Moscow" },

        { "Asia/Calcutta", "Asia/Kolkata" },
        { "Asia/Saigon", "Asia/Ho_Chi_Minh" },
        { "Asia/Katmandu", "Asia/Kathmandu" },
        { "Asia/Rangoon", "Asia/Yangon" },
        { "Europe/Kiev", "Europe/Kyiv" },
        { "America/Buenos_Aires", "America/Argentina/Buenos_Aires" },
        { "America/Indianapolis", "America/Indiana/Indianapolis" },
        { "America/Godthab", "America/Nuuk" },
        { "America/Ensenada", "America/Tijuana" },
        { "Mexico/General", "America/Mexico_City" },
        { "US/Eastern", "America/New_York" },
        { "Africa/Asmera", "Africa/Asmara" },
        { "Pacific/Truk", "Pacific/Chuuk" },
    };

    [Theory]
    [MemberData(nameof(Zones))]
    public void A_zone_of_the_IANA_list_is_kept_under_the_name_it_has_today(string typed, string id)
    {
        Assert.True(Shipped.FieldRules.TryTimeZone(typed, out var kept));
        Assert.Equal(id, kept);
        Assert.True(Shipped.FieldRules.TryTimeZone(kept, out var again));
        Assert.Equal(kept, again);
    }

    [Fact]
    public void Every_older_name_leads_to_a_zone_of_this_machine_and_to_no_other_older_one() => Assert.All(ZoneNames.Old, old =>
    {
        Assert.False(ZoneNames.IsOld(ZoneNames.Today(old)), old);
        Assert.True(Shipped.FieldRules.TryTimeZone(old, out var id), old);
        Assert.Equal(ZoneNames.Today(old), id);
    });

    [Theory]
    [InlineData("America/Nowhere")]
    [InlineData("Eastern Standard Time")]
    [InlineData("EST5EDT,M3.2.0,M11.1.0")]
    [InlineData("../../../etc/localtime")]
    [InlineData("/etc/localtime")]
    [InlineData("America")]
    [InlineData("Factory")]
    [InlineData("localtime")]
    [InlineData("posixrules")]
    [InlineData("-05:00")]
    [InlineData("\u200B")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_not(string? id) => Assert.False(Shipped.FieldRules.TryTimeZone(id, out _));

    [Fact]
    public void A_very_long_zone_is_not() => Assert.False(Shipped.FieldRules.TryTimeZone(new string('A', 100_000), out _));
}
