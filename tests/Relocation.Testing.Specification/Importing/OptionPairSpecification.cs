using Relocation.Testing.Importing.Rules;
using Relocation.Testing.Specification.Checking;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Every option of an import works beside every other: each pair does what each promises alone, or is refused by name.</summary>
public abstract class OptionPairSpecification(DatabaseUnderTest engine, int sample)
{
    private readonly OptionModel _model = new(engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_option_has_telling_values() =>
        Assert.Equal(
            OptionAttribute.Of(typeof(ImportOptions)).Select(each => each.Property.Name).Order(StringComparer.Ordinal),
            OptionValues.Of(_model).Select(value => value.Option).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Each_pair_of_options_keeps_what_both_promise_or_is_refused_by_name()
    {
        var all = OptionValues.Of(_model).ToList();
        var pairs = Extent.ToKill(
            [.. from first in all from second in all where string.CompareOrdinal(first.Option, second.Option) < 0 select (first, second)], sample);
        Assert.True(pairs.Count >= Math.Min(sample, 500));
        var broken = new List<string>();
        foreach (var (first, second) in pairs)
        {
            // Values hold what their imports have told them, so that each pair has its own.
            var own = OptionValues.Of(_model).ToDictionary(value => value.ToString());
            try
            {
                await CheckAsync(own[first.ToString()], own[second.ToString()]);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                broken.Add($"{first} with {second}: {exception.GetType().Name} {exception.Message}");
            }
        }

        Assert.Empty(broken);
    }

    private async Task CheckAsync(OptionValue first, OptionValue second)
    {
        await using var database = await engine.ModelAsync([.. _model.Entities]);
        await database.RunAsync(OptionModel.Rows);
        foreach (var value in (OptionValue[])[first, second])
        {
            if (value.Before.Length > 0)
            {
                await database.RunAsync(value.Before);
            }
        }

        var backup = Made.Backup($"{OptionModel.Records}\n{first.Records}\n{second.Records}");
        var options = second.Set(first.Set(new ImportOptions()));
        var before = await engine.StateAsync(database);
        ImportResult result;
        try
        {
            result = await database.ImportAsync(backup, options, Cancel);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (first.Refuses?.Invoke(exception) != true && second.Refuses?.Invoke(exception) != true
                && !(exception.Message.Contains($"ImportOptions.{first.Option}", StringComparison.Ordinal)
                    && exception.Message.Contains($"ImportOptions.{second.Option}", StringComparison.Ordinal)))
            {
                throw;
            }

            if (options.ResumeId is null)
            {
                Assert.Equal(before, await engine.StateAsync(database));
            }

            return;
        }

        Assert.True(first.Refuses is null, $"{first} should have refused.");
        Assert.True(second.Refuses is null, $"{second} should have refused.");
        var run = new OptionRun(database, backup, options, result);
        Assert.Equal("2", await run.TextAsync("SELECT count(*) FROM tag WHERE name IN ('red', 'blue')"));
        await first.Promise(run);
        await second.Promise(run);
    }
}
