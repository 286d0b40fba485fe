namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>How a server's connections are used.</summary>
/// <param name="Allowed">How many it allows, less those that it reserves.</param>
/// <param name="Leased">How many test databases have, or may open.</param>
/// <param name="Others">How many everybody else has.</param>
internal sealed record RoomFigures(long Allowed, long Leased, long Others)
{
    /// <summary>The server had not even a connection to ask through.</summary>
    internal static RoomFigures Unknown { get; } = new(0, 0, 0);

    internal long Free => Allowed - Leased - Others;
}
