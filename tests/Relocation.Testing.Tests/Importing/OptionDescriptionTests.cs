using System.Reflection;
using Relocation.Testing.Databases;
using Relocation.Testing.Importing.Rules;
using Relocation.Testing.Sentry.Rules;
using Relocation.Testing.Tests.Databases;
using Xunit;

namespace Relocation.Testing.Tests.Importing;

/// <summary>Options are described where they are declared; what is worked out of the descriptions forgets none of them.</summary>
public sealed class OptionDescriptionTests
{
    public static TheoryData<string> Options => [.. ImportFingerprintTests.Settable(typeof(ImportOptions)).Select(property => property.Name)];

    [Theory]
    [InlineData(typeof(ImportOptions))]
    [InlineData(typeof(DatabaseOptions))]
    [InlineData(typeof(TestDatabaseOptions))]
    [InlineData(typeof(TestDatabaseOptions<NoteContext>))]
    public void Every_option_has_a_description(Type type) =>
        Assert.Empty(type.GetProperties().Where(property => property.SetMethod is not null && property.GetCustomAttribute<OptionAttribute>() is null)
            .Select(property => property.Name));

    /// <summary>A stored baseline serves only who asks for the same; who asks for what cannot be compared gets none.</summary>
    [Theory]
    [MemberData(nameof(Options))]
    public async Task Stored_baseline_depends_on_every_option_but_on_those_that_change_nothing(string name)
    {
        string[] withoutEffect = ["ChunkSize", "Progress", "Logger", "WaitLimit"];

        var plain = await KeyAsync(new ImportOptions());
        var changed = await KeyAsync(With(name));

        Assert.NotNull(plain);
        Assert.Equal(withoutEffect.Contains(name), plain == changed);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Sentrys_import_takes_every_option_or_refuses_it_by_name(string name)
    {
        var property = typeof(ImportOptions).GetProperty(name)!;
        string[] decided = ["Scope", "OnCollision", "KnownKeys", "ResumeId"];
        var given = With(name);
        if (decided.Contains(name))
        {
            var refusal = Assert.Throws<ArgumentException>(() => new SentryImportOptions { Import = given });
            Assert.Contains($"ImportOptions.{name} ", refusal.Message, StringComparison.Ordinal);
            return;
        }

        var options = new SentryImportOptions { Import = given };
        var model = SentryModel.CreateForImport(SqliteEngine.Instance);
        var taken = SentryRules.OptionsOf(model, new ImportSettings(SentryScopes.User, options, model), steps: null!, knownKeys: null, options.UnknownModels);

        if (name == nameof(ImportOptions.Rules))
        {
            Assert.Equal([null!, .. given.Rules], taken.Rules);
        }
        else if (name == nameof(ImportOptions.BackupRules))
        {
            Assert.Equal(given.BackupRules, taken.BackupRules.TakeLast(given.BackupRules.Count));
        }
        else if (name == nameof(ImportOptions.Models))
        {
            Assert.All(given.Models, added => Assert.Equal(added.Value.Keys, taken.Models[added.Key].Keys));
        }
        else
        {
            Assert.Equal(property.GetValue(given), property.GetValue(taken));
        }
    }

    /// <summary>What Sentry's options have by the same name is the same option.</summary>
    [Fact]
    public void Sentrys_own_names_for_options_set_and_show_them()
    {
        foreach (var name in Options.Select(row => row.Data))
        {
            if (typeof(SentryImportOptions).GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) is not { } own)
            {
                continue;
            }

            var property = typeof(ImportOptions).GetProperty(name)!;
            var options = new SentryImportOptions();
            var value = ImportFingerprintTests.Other(own, options);
            own.SetValue(options, value);

            Assert.Equal((name, value), (name, property.GetValue(options.Import)));
            Assert.Equal((name, value), (name, own.GetValue(options)));
        }
    }

    private static ImportOptions With(string name)
    {
        var property = typeof(ImportOptions).GetProperty(name)!;
        var changed = new ImportOptions();
        property.SetValue(changed, ImportFingerprintTests.Other(property, changed));
        return changed;
    }

    private static Task<string?> KeyAsync(ImportOptions options) => BaselineKey.OfAsync(
        new TestDatabaseOptions<NoteContext>
        {
            Target = SqliteTarget.InMemory(),
            CreateContext = made => new NoteContext(made),
            Import = options,
        }.ToSetup(),
        TestContext.Current.CancellationToken);
}
