using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Models.Accounts;

/// <summary>ASP.NET Core Identity as it comes: users, roles, claims, logins and tokens.</summary>
/// <param name="options">Chooses the database.</param>
public sealed class AccountsContext(DbContextOptions<AccountsContext> options) : IdentityDbContext(options);
