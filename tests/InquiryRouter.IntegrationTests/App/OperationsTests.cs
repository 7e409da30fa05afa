using System.Text.Json.Nodes;
using InquiryRouter.Commands;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>What an operator does about what has stopped, with commands beside the running program.</summary>
public sealed class OperationsTests : AppTests
{
    [Fact]
    public async Task A_message_that_nobody_could_handle_is_listed_with_what_was_tried_and_goes_on_when_its_cause_is_mended()
    {
        var inquiry = An.Inquiry();
        var submitted = await ParkOneAsync(inquiry);

        var (code, listed) = await App.RunCommandAsync("operations", "list");

        Assert.Equal(0, code);
        Assert.Contains($"{Poison.Cause}: 1 InquiryCleared, the oldest of 2026-11-23 17:0", listed, StringComparison.Ordinal);
        Assert.Contains($"  {submitted.Reference}  InquiryCleared  {Poison.Cause}  of 2026-11-23 17:0", listed, StringComparison.Ordinal);
        Assert.Contains("failed 10 times since ", listed, StringComparison.Ordinal);
        Assert.Contains($"UTC: MatchInquiry {Poison.Cause}", listed, StringComparison.Ordinal);
        Assert.Contains("1 message has stopped.", listed, StringComparison.Ordinal);
        AssertNoHealthData(listed);
        Assert.DoesNotContain(inquiry.Email, listed, StringComparison.OrdinalIgnoreCase);

        await App.MendAsync();
        Assert.Equal((0, "1 is tried again."), await RunAsync("requeue", "--cause", Poison.Cause));

        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        Assert.Equal((0, "Nothing has stopped."), await RunAsync("list"));
        Assert.Single(App.MailsTo(inquiry.Email));
        Assert.Single(App.MailsTo(ClinicAddress("MX-A")));
    }

    [Fact]
    public async Task What_is_requeued_before_its_cause_is_mended_is_parked_again_and_nothing_is_done_twice()
    {
        var submitted = await ParkOneAsync(An.Inquiry());
        Assert.Equal((0, "1 is tried again."), await RunAsync("requeue", "--all"));
        await App.ParksAsync();

        await App.MendAsync();
        await RunAsync("requeue", await IdAsync());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);

        Assert.Equal(2, await App.NumberAsync("SELECT Times FROM OutboxHistory WHERE Action = 'parked'"));
        Assert.Equal(2, await App.NumberAsync("SELECT Times FROM OutboxHistory WHERE Action = 'requeued'"));
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Referral"));
    }

    [Fact]
    public async Task What_is_set_aside_is_told_to_nobody_and_can_be_taken_back()
    {
        await ParkOneAsync(An.Inquiry());
        var id = await IdAsync();

        Assert.Equal((0, "1 is set aside."), await RunAsync("set-aside", id, "--reason", "sent by a test"));

        var (_, aside) = await RunAsync("list");
        Assert.Contains("Set aside; take one back with: InquiryRouter operations take-back ID", aside, StringComparison.Ordinal);
        Assert.Contains("sent by a test", aside, StringComparison.Ordinal);
        Assert.EndsWith("Nothing has stopped.", aside, StringComparison.Ordinal);
        var (_, doctor) = await App.RunCommandAsync("doctor");
        Assert.Contains("ok    outbox    0 messages wait, 1 are set aside", doctor, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("requeue", "--all")).Code);

        Assert.Equal((0, "1 is taken back."), await RunAsync("take-back", id));
        await RunAsync("set-aside", id, "--reason", "sent by a test");
        Assert.Equal(1, (await RunAsync("take-back", "--cause", "Other")).Code);
        Assert.Equal((0, "1 is taken back."), await RunAsync("take-back", "--cause", Poison.Cause));
        Assert.Contains("1 message has stopped.", (await RunAsync("list")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reason_for_setting_aside_is_erased_with_the_inquiry()
    {
        var submitted = await ParkOneAsync(An.Inquiry());
        await RunAsync("set-aside", await IdAsync(), "--reason", "Mrs Example has called");

        await App.RunCommandAsync("erase", submitted.Reference, "--yes");

        Assert.DoesNotContain("Example", (await RunAsync("list")).Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Mrs Example", await App.DumpAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_json_the_list_has_the_same()
    {
        var submitted = await ParkOneAsync(An.Inquiry());

        var json = JsonNode.Parse((await App.RunCommandAsync("operations", "list", "--json")).Output)!;

        var group = json["groups"]![0]!;
        Assert.Equal((Poison.Cause, "InquiryCleared", 1), ((string?)group["cause"], (string?)group["type"], (int)group["count"]!));
        var item = json["waiting"]![0]!;
        Assert.Equal((submitted.Reference, Poison.Cause), ((string?)item["reference"], (string?)item["cause"]));
        Assert.Equal(["failed", "parked"], item["history"]!.AsArray().Select(e => (string?)e!["action"]));
        Assert.Empty(json["setAside"]!.AsArray());
        var (_, other) = await App.RunCommandAsync("operations", "list", "--cause", "Other", "--json");
        Assert.Empty(JsonNode.Parse(other)!["waiting"]!.AsArray());
    }

    [Fact]
    public async Task Of_a_cause_that_nothing_has_it_is_said_that_nothing_has_it()
    {
        await ParkOneAsync(An.Inquiry());

        Assert.StartsWith("Nothing of the cause 'Nope' has stopped.", (await RunAsync("list", "--cause", "Nope")).Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Say which", "requeue")]
    [InlineData("Say which", "take-back")]
    [InlineData("'--reson' is not an option", "set-aside", "--reson", "because", "--reason", "because")]
    [InlineData("Say which", "requeue", "--all", "--cause", "X")]
    [InlineData("Say which", "set-aside", "--reason", "because")]
    [InlineData("Say why", "set-aside", "--cause", "X")]
    [InlineData("Say why", "set-aside", "--cause", "X", "--reason", "  ")]
    [InlineData("'seven' is not an id", "requeue", "seven")]
    [InlineData("'seven' is not an id", "take-back", "seven")]
    public async Task A_command_that_does_not_say_enough_is_refused(string says, params string[] arguments)
    {
        var (code, said) = await RunAsync(arguments);

        Assert.Equal(CommandLine.Refused, code);
        Assert.Contains(says, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("requeue", "019ac0de-0000-7000-8000-000000000000")]
    [InlineData("set-aside", "--cause", "Other", "--reason", "because")]
    [InlineData("take-back", "019ac0de-0000-7000-8000-000000000000")]
    public async Task A_command_that_fits_nothing_says_so(params string[] arguments)
    {
        var (code, said) = await RunAsync(arguments);

        Assert.Equal(1, code);
        Assert.StartsWith("Nothing that fits ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_that_was_changed_past_the_program_fails_the_doctor_with_the_inquiry_and_the_line()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        Assert.Contains("ok    history   4 lines of 1 inquiries", (await App.RunCommandAsync("doctor")).Output, StringComparison.Ordinal);

        await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE AuditEntry SET ActorName = 'nobody' WHERE Version = 2"));
        var (code, said) = await App.RunCommandAsync("doctor");

        Assert.Equal(1, code);
        Assert.Contains($"FAIL  history   broken are {submitted.Reference} at line 2", said, StringComparison.Ordinal);
    }

    private async Task<Submitted> ParkOneAsync(InquiryBuilder inquiry)
    {
        await App.PoisonAsync("MatchDecision");
        var submitted = await App.SubmitAsync(inquiry);
        await App.ParksAsync();
        Assert.Equal(1, await App.NumberAsync($"SELECT COUNT(*) FROM Outbox WHERE State = 2 AND Type = '{nameof(InquiryCleared)}'"));
        return submitted;
    }

    private async Task<string> IdAsync() =>
        (string)JsonNode.Parse((await App.RunCommandAsync("operations", "list", "--json")).Output)!["waiting"]![0]!["id"]!;

    private async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        var (code, said) = await App.RunCommandAsync(["operations", .. arguments]);
        return (code, said.Trim());
    }
}
