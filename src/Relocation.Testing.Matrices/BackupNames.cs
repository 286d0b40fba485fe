namespace Relocation.Testing.Matrices;

/// <summary>What a table calls backups: their paths without the folder that all are in, the same on every machine.</summary>
internal static class BackupNames
{
    internal static IReadOnlyList<string> Of(IReadOnlyList<string> names)
    {
        var parts = names.Select(name => name.Replace('\\', '/').Split('/')).ToList();
        if (parts.Count == 0)
        {
            return [];
        }

        var shared = 0;
        while (parts.TrueForAll(path => path.Length > shared + 1 && path[shared] == parts[0][shared]))
        {
            shared++;
        }

        return [.. parts.Select(path => string.Join('/', path[shared..]))];
    }
}
