using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Sending;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace InquiryRouter.Tests.Mail;

public sealed class RefusalAlarmTests
{
    private const string Cause = "block-list";

    private readonly FakeTimeProvider _clock = new(new(2026, 11, 23, 23, 59, 59, TimeSpan.Zero));
    private readonly RefusalAlarm _alarm;

    public RefusalAlarmTests()
    {
        var vault = new PatientVault(MasterKey.Parse(Convert.ToBase64String(new byte[32]), "the test"));
        _alarm = new(new MailWriter(Mails.Languages, vault, Mails.Links), _clock, NullLogger<RefusalAlarm>.Instance);
    }

    [Fact]
    public void A_cause_is_told_once_a_day()
    {
        _alarm.Told(_alarm.Of(Cause)!);
        Assert.Null(_alarm.Of(Cause));

        _clock.Advance(TimeSpan.FromDays(1));
        Assert.NotNull(_alarm.Of(Cause));
    }

    /// <summary>The outcome of a mail is stored before midnight, and the sender comes to say so after it.</summary>
    [Fact]
    public void An_alarm_stored_across_midnight_counts_for_the_day_it_was_made_for()
    {
        var alarm = _alarm.Of(Cause)!;

        _clock.Advance(TimeSpan.FromSeconds(2));
        _alarm.Told(alarm);

        Assert.NotNull(_alarm.Of(Cause));
    }
}
