using Relocation.Testing.Benchmarks.Engines;
using Relocation.Testing.Benchmarks.Rivals;

namespace Relocation.Testing.Benchmarks.Measuring;

/// <summary>The backups and databases that imports are measured with, in a folder that goes with this object.</summary>
internal sealed class BenchmarkBackups(BenchmarkEngine engine) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("relocation-benchmark-").FullName;
    private readonly List<string> _databases = [];
    private string? _halfFilled;

    /// <summary>Generates a backup and returns its file.</summary>
    internal async Task<string> WriteAsync(long records, long seed = 1, long firstKey = 1)
    {
        var file = Path.Combine(_folder, $"backup-{records}-{seed}.json");
        var options = new SyntheticBackupOptions { Seed = seed, TotalRecords = records, FirstKey = firstKey };
        await SyntheticBackup.For(engine.RelocationModel(), options).WriteFileAsync(file);
        return file;
    }

    /// <summary>Prepares the database that targets are copies of: it holds records already, so that every key moves.</summary>
    internal async Task FillHalfAsync(long records)
    {
        const long FarAway = 1_000_000_000;
        _halfFilled = await engine.CreateAsync(_folder, "half");
        _databases.Add(_halfFilled);
        if (records > 0)
        {
            var file = await WriteAsync(records, seed: 2, FarAway);
            await new BareRival().ImportAsync(engine, _halfFilled, file);
            File.Delete(file);
        }
    }

    /// <summary>A fresh target.</summary>
    internal async Task<string> TargetAsync(string name)
    {
        var target = await engine.CloneAsync(_halfFilled!, name);
        _databases.Add(target);
        return target;
    }

    internal async Task DropAsync(string database)
    {
        await engine.DropAsync(database);
        _databases.Remove(database);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
        {
            await engine.DropAsync(database);
        }

        Directory.Delete(_folder, recursive: true);
    }
}
