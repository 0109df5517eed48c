"""Words that bear a capital wherever they stand in English, which authors seldom put into braces.

The eponyms of the sciences, nations and their languages, faiths, continents and large countries, months
and days: those that titles of papers hold most. `May` and `March` are left to their authors.
"""

from __future__ import annotations

_WORDS = """
    Abelian Ampère Archimedean Aristotelian Banach Bayes Bayesian Bernoulli Bessel Boltzmann Boolean Borel
    Bose Brownian Burgers Carlo Cartesian Cauchy Cayley Chebyshev Chern Chomsky Coulomb Cox Cramér Darwin Darwinian
    Dedekind Dirac Dirichlet Doppler Einstein Erdős Euclidean Euler Eulerian Fano Fermat Fermi Feynman Fibonacci
    Finsler Fisher Fourier Fredholm Freudian Galerkin Galilean Galois Gauss Gaussian Gibbs Gödel Grassmannian
    Hamilton Hamiltonian Hausdorff Heisenberg Hermite Hermitian Hessian Hilbert Hölder Hopf Huffman Ising
    Jacobi Jacobian Jordan Kalman Kantian Keynesian Kolmogorov Kullback Lagrange Lagrangian Laplace Laplacian
    Lebesgue Legendre Leibler Lipschitz Lorentz Lyapunov Marxist Markov Markovian Maxwell Mendelian
    Minkowski Monte Nash Navier Newton Newtonian Noether Noetherian Nyquist Pareto Pearson Picard Planck Platonic
    Poincaré Poisson Popperian Pythagorean Rademacher Ramsey Rawlsian Rayleigh Reynolds Ricci Riemann Riemannian
    Schrödinger Schwarz Shannon Shapley Sobolev Stokes Sylow Taylor Tikhonov Turing Voronoi Wald
    Wasserstein Weyl Wiener Yang Zariski
    African American Anglo Arab Arabic Argentine Asian Australian Austrian Belgian Brazilian British Bulgarian
    Canadian Caribbean Catalan Chilean Chinese Colombian Croatian Cuban Czech Danish Dutch Egyptian English Estonian
    European Finnish Flemish French German Germanic Greek Hebrew Hindi Hungarian Icelandic Indian Indonesian Iranian
    Iraqi Irish Israeli Italian Japanese Kenyan Korean Latin Latvian Lithuanian Mandarin Mexican Nigerian Norwegian
    Ottoman Pakistani Palestinian Persian Portuguese Roman Romanian Russian Sanskrit Scandinavian Scottish
    Serbian Slavic Slovak Slovenian Soviet Spanish Swahili Swedish Swiss Syrian Tamil Thai Tibetan Turkish Ukrainian
    Vietnamese Welsh Yiddish
    Bible Biblical Buddhist Catholic Christian Hindu Islam Islamic Jewish Judaism Muslim Protestant Quran
    Africa America Antarctica Arctic Asia Atlantic Australia Austria Belgium Brazil Britain California Canada Chile
    China Colombia Denmark Egypt England Ethiopia Europe Finland France Germany Ghana Greece Hungary Iceland India
    Indonesia Iran Iraq Ireland Israel Italy Japan Kenya Korea London Malaysia Mediterranean Mexico Netherlands
    Nigeria Norway Pacific Pakistan Palestine Peru Philippines Poland Portugal Romania Russia Scotland Singapore Spain
    Sweden Switzerland Syria Taiwan Tanzania Thailand Uganda Ukraine Vietnam Wales Zealand Alps
    January February April June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    Facebook Google Linux Python Twitter Unix Wikipedia YouTube
"""
PROPER = frozenset(_WORDS.split())
"""Each as it is written."""
