using System.Security.Cryptography;
using Relocation.Testing.Importing.Resuming;
using Relocation.Testing.Specification;

namespace Relocation.Testing.Cli.Tests;

/// <summary>Who reads the command line's messages knows neither C# nor .NET.</summary>
public sealed class WordingTests : IDisposable
{
    private readonly Workplace _workplace = new();

    private static string Organization => Workplace.Fixture("sentry/organization.json");

    public void Dispose() => _workplace.Dispose();

    [Fact]
    [Case("import-tar-without-key")]
    public async Task Encrypted_tarball_without_its_key_names_the_option_for_the_key()
    {
        using (var key = RSA.Create(2048))
        {
            _workplace.Write("public.pem", key.ExportSubjectPublicKeyInfoPem());
        }

        (await _workplace.RunAsync("encrypt", "b.tar", "--src", Organization, "--encrypt-with", "public.pem")).With(0);

        var outcome = (await _workplace.RunAsync("import", "b.tar")).With(1);

        Assert.Contains("is a tar archive, as encrypted backups are", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--decrypt-with FILE", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("JSON", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Case("import-users-help")]
    public async Task Usage_of_a_command_below_another_is_its_own()
    {
        var help = (await _workplace.RunAsync("import", "users", "--help")).With(0).Output;

        Assert.Contains("\n  relocation import users <BACKUP> [options]\n", help, StringComparison.Ordinal);
    }

    [Fact]
    [Case("option-names")]
    public async Task Options_are_named_as_on_the_command_line()
    {
        var scope = (await _workplace.RunAsync("import", "users", Organization, "--filter-usernames", "nobody")).With(1);
        var label = (await _workplace.RunAsync(
            "generate", "--assembly", Workplace.ShopAssembly, "--context", "ShopContext", "--count", "shop.nosuch=3", "--output", "-")).With(2);
        var drift = (await _workplace.RunAsync("import", Workplace.Fixture("sentry/drift.json"), "--refuse-unknown-models")).With(1);

        Assert.Contains("choose another scope (--scope);", scope.Error, StringComparison.Ordinal);
        Assert.Contains("the label that --count or --weight gives.", label.Error, StringComparison.Ordinal);
        Assert.Contains("leave --refuse-unknown-models out", drift.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"Options\.|DriftPolicy", scope.Error + label.Error + drift.Error);
    }

    [Theory]
    [Case("option-names")]
    [InlineData("The import was begun with another ImportOptions.Seed (--seed) and ImportOptions.Scope (--scope).", "The import was begun with another --seed and --scope.")]
    [InlineData("Set ImportOptions.UnresolvedReferences (--unresolved), or leave ImportOptions.ResumeId out.", "Set --unresolved, or leave --resume out.")]
    public void Option_that_is_named_both_ways_is_named_once(string message, string shown) => Assert.Equal(shown, Output.OptionWords.Of(message));

    [Fact]
    public void Options_that_may_not_change_when_an_import_is_resumed_are_named_as_on_the_command_line()
    {
        // What shows or where to go on, but changes no row.
        string[] withoutEffect = ["--references", "--resume", "--include-values"];
        var command = new System.CommandLine.Command("import");
        _ = new Relocation.Testing.Cli.Commands.ImportOptionsReader(command, terminal: null);
        var known = command.Options.Select(option => option.Name).Except(withoutEffect).Append("--scope");

        var named = typeof(ImportOptions).GetProperties().SelectMany(property => System.Text.RegularExpressions.Regex.Matches(
            ResumeErrors.OptionOf(property), "--[a-z-]+")).Select(match => match.Value);

        Assert.Equal(known.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    [Case("resume-type-name")]
    public async Task Value_of_a_wrong_form_names_no_type()
    {
        var outcome = (await _workplace.RunAsync("import", "-", "--resume", "12")).With(2);

        Assert.Contains("'12' is no value of --resume. Give a UUID", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"System\.|Guid|Nullable", outcome.Error);
    }

    [Fact]
    [Case("json-report-filtered")]
    public async Task Json_counts_what_filters_left_out_and_says_why_elements_were_dropped()
    {
        string[] filtered = ["import", "users", Organization, "--filter-usernames", "ada@example.com"];
        var text = (await _workplace.RunAsync(filtered)).With(0);
        var counts = (await _workplace.RunAsync([.. filtered, "--json"])).With(0);

        Assert.Contains(", 9 filtered)", text.Output, StringComparison.Ordinal);
        Assert.Equal(9, counts.Json().GetProperty("counts").GetProperty("filtered").GetInt32());
        Assert.Equal(9, counts.Json().GetProperty("models").EnumerateArray().Sum(model => model.GetProperty("filtered").GetInt32()));
        Assert.Single(counts.Json().GetProperty("counts").EnumerateObject(), count => count.NameEquals("filtered"));

        var people = _workplace.Write(
            "people.json",
            """
            [{"model": "everything.skill", "pk": 5, "fields": {"title": "t"}},
             {"model": "everything.person", "pk": 1, "fields": {"code": "7e7b1b1c-3f5c-4e2c-9e38-0f0e4f6d2a11", "name": "n", "address": {"street": "s"},
              "active": {"from": "2024-01-01"}, "notes": [], "skills": [5, 6], "phones": []}}]
            """);
        string[] dropping = ["import", people, "--assembly", Workplace.ShopAssembly, "--context", "EverythingContext", "--unresolved", "drop"];
        var shown = (await _workplace.RunAsync(dropping)).With(0);
        var elements = (await _workplace.RunAsync([.. dropping, "--json"])).With(0).Json().GetProperty("droppedElements");

        Assert.Contains("everything.person_skills.skills_id leads to everything.skill 6, which the backup does not hold", shown.Output, StringComparison.Ordinal);
        Assert.Equal(
            """[{"model":"everything.person_skills","reference":"skills_id","target":"everything.skill","targetPk":6,"reason":"absent"}]""",
            System.Text.Json.JsonSerializer.Serialize(Assert.Single(elements.EnumerateArray()).GetProperty("causes")));
    }
}
