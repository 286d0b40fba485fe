using Relocation.Testing.Benchmarks.Engines;

namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>This library.</summary>
internal sealed class OursRival : Rival
{
    private RelocationModel? _model;

    internal override string Name => "ours";

    internal override string Title => "Relocation.Testing";

    internal override void Prepare(BenchmarkEngine engine) => _model = engine.RelocationModel();

    internal override async Task ImportAsync(BenchmarkEngine engine, string connectionString, string file)
    {
        await using var connection = engine.CreateConnection(connectionString);
        await connection.OpenAsync();
        var importer = new BackupImporter(_model!, engine.Engine);
        await importer.ImportAsync(connection, Backup.FromFile(file));
    }
}
