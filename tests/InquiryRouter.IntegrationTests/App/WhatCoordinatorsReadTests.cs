using System.Collections.Frozen;
using System.Text.Json.Nodes;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>What the commands tell a coordinator about decisions and policies.</summary>
public sealed class WhatCoordinatorsReadTests : AppTests
{
    [Fact]
    public async Task A_policy_that_is_in_force_already_makes_no_new_version()
    {
        var file = Path.Combine(App.Settings.Data.Directory, "policy.json");
        var (_, shown) = await App.RunCommandAsync("policy", "show");
        await File.WriteAllTextAsync(file, shown);

        var same = await App.RunCommandAsync("policy", "activate", file);
        await File.WriteAllTextAsync(file, shown.Replace("\"parallel\": 1", "\"parallel\": 2", StringComparison.Ordinal));
        var other = await App.RunCommandAsync("policy", "activate", file);

        Assert.Equal((0, 0), (same.ExitCode, other.ExitCode));
        Assert.Contains("Nothing has changed: policy version 1", same.Output, StringComparison.Ordinal);
        Assert.Contains("Policy version 2", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_rule_that_asked_for_a_yes_is_named_with_the_inquiry_that_waits()
    {
        await ActivateAsync(p => p with { Approval = new Approval(ApprovalMode.When, FrozenSet.Create("lupus"), FrozenSet.Create("MX"), FrozenSet.Create("carer", "unreviewed-rule"), 0.5) });
        await App.ReachesAsync((await App.SubmitAsync(An.Inquiry())).Reference, InquiryState.Held);

        var listed = (await App.RunCommandAsync("list", "--held")).Output;

        Assert.Contains("asked for by policy version 2: condition lupus, country MX, score gap below 0.5 between MX-A and MX-B", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("flag carer", listed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("conditionType", "drug-induced", "held", "drug-induced")]
    [InlineData("message", "I have chest pain now.", "held", "emergency-words")]
    [InlineData("message", "Two years ago it began.", "cleared", null)]
    public async Task The_dry_run_says_what_screening_would_do_before(string field, string value, string outcome, string? reason)
    {
        var file = Path.Combine(App.Settings.Data.Directory, "inquiry.json");
        await File.WriteAllTextAsync(file, An.Inquiry().With(field, value).Json);

        var json = JsonNode.Parse((await App.RunCommandAsync("match", file, "--json")).Output)!;
        var text = (await App.RunCommandAsync("match", file)).Output;

        Assert.Equal(["networkVersion", "policyVersion", "outcome", "ranked", "rejected", "screening"], json.AsObject().Select(m => m.Key));
        Assert.Equal("matched", (string?)json["outcome"]);
        Assert.Equal(outcome, (string?)json["screening"]!["outcome"]);
        Assert.Equal(reason is null ? [] : [reason], json["screening"]!["reasons"]!.AsArray().Select(r => (string?)r!["code"]));
        Assert.Contains(reason is null ? "screening would let it through by itself" : $"     {reason}: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clinics_that_treat_something_else_do_not_hide_the_gates_that_emptied_the_list()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup
        {
            Clinics =
            [
                A.Clinic("MX-A") with { Languages = ["es"] },
                A.Clinic("MX-B") with { Treatments = [A.Treatment() with { Condition = "crohn" }] },
                A.Clinic("MX-C") with { Treatments = [A.Treatment() with { Condition = "crohn" }] },
                A.Clinic("AQ-1") with { Country = "AQ" },
            ],
        });
        var file = Path.Combine(app.Settings.Data.Directory, "inquiry.json");
        await File.WriteAllTextAsync(file, An.Inquiry().Json);
        await app.ReachesAsync((await app.SubmitAsync(An.Inquiry())).Reference, InquiryState.Held);

        var tried = (await app.RunCommandAsync("match", file)).Output;
        var listed = (await app.RunCommandAsync("list", "--held")).Output;

        Assert.Contains("What emptied the list: country-rule-unknown 1, language 1; 2 more treat something else.", tried, StringComparison.Ordinal);
        Assert.Contains("clinics by the gate that stopped them: country-rule-unknown 1, language 1; 2 more treat something else", listed, StringComparison.Ordinal);
        Assert.All([tried, listed], text => Assert.Contains("The law of the country is not known for 1 of them", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_policy_that_cannot_be_is_refused_with_every_problem_named()
    {
        var file = Path.Combine(App.Settings.Data.Directory, "policy.json");
        await File.WriteAllTextAsync(file, System.Text.Encoding.UTF8.GetString(PolicyFile.Write(Policy.Shipped))
            .Replace("\"parallel\": 1", "\"parallel\": 0", StringComparison.Ordinal).Replace("\"when\"", "\"sometimes\"", StringComparison.Ordinal));

        var (code, output) = await App.RunCommandAsync("policy", "activate", file);

        Assert.Equal(2, code);
        Assert.Contains("offers.parallel is 0; allowed: A whole number from 1 to 10.", output, StringComparison.Ordinal);
        Assert.Contains("approval.mode is \"sometimes\"; allowed: One of never, always, when.", output, StringComparison.Ordinal);
        Assert.Contains("Nothing was activated.", output, StringComparison.Ordinal);
    }
}
