using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Hosting;

/// <summary>What a context does in <c>OnConfiguring</c>.</summary>
/// <param name="Configure">Does it.</param>
internal sealed record OwnConfiguration(Action<DbContextOptionsBuilder> Configure);
