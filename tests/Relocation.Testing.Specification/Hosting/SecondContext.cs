using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Hosting;

/// <summary>Another context of the same application.</summary>
public sealed class SecondContext(DbContextOptions<SecondContext> options) : LibraryContext(options);
